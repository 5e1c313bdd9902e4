"""The claims of an edition by property: of each thing what is said of it, compared; and which things there are."""
