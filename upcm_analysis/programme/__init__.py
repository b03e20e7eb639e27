"""The pages of the programme itself: projects, portfolios, the dashboard, the roadmap and its later product groups.

`publication.open` gives a page of one of these kinds; what is told of figures is told as on every other page.
"""
