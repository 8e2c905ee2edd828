"""What a link that opens the chat may begin with: the verbs of the buttons that do the same."""

SHOW = "show"  # an entry, a site or a session
LANGUAGE = "language"  # a language, to be written from then on
LANGUAGES = "languages"  # the choice of it; no link begins with this
DAY = "day"  # the plan of a day
