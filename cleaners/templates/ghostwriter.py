"""Sites of ghost-writers (华博范文网, 三味园范文网, 德育素材网): title, date and site, a beginning, whom to ask for more."""

from cleaners.templates import Template

TEMPLATE = Template(
    name="ghostwriter",
    why="the preview has ended, and whom to ask to write the rest",
    signs=("cut.preview_ended", "service.ghostwriter"),
    need=2,
    knows_frame=False,
)
