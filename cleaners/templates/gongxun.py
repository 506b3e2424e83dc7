"""公寻网: desktop invitation, title with `VIP免费`, the uploader's outline, text, four notices, customer service."""

from cleaners.templates import Template

TEMPLATE = Template(
    name="gongxun",
    why="desktop invitation and terms of sale around the text",
    signs=("nav.desktop", "tips.terms", "account.glued_vip", "service.tip"),
    need=2,
)
