"""Publishing: plan what to make, run its notebooks, render what they say, and put it in the site."""
