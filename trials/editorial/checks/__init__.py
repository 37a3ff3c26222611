"""What is checked in an editor's words before anyone else reads them."""
