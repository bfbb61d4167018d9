"""Commands of the command line, a module each where they have several ways; `cli` lists them."""
