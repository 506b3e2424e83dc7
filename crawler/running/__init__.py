"""Commands that run a spider a site, and how they are stopped."""
