// What a tick works with: store and templates, the platforms it posts to, and arXiv's announcements.
