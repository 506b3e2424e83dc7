"""How addresses are asked for and what is let in: politeness, robots, opt-outs, hosts, limits, checks of responses."""
