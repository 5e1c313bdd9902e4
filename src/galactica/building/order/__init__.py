"""In which order the articles of an edition go where not all of them may arrive: over links, onto pages."""
