"""What a site's own pages say of its frame: samples of pages to a profile, and a profile's use on a page."""
