"""How does the office's word go out? By e-mail, as a text message, as a letter to print."""
