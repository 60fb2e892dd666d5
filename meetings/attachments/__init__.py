"""Files that people attach: what is let in, how pictures are made anew, where all of it lies."""
