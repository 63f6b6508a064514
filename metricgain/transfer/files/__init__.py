"""What was uploaded, as rows of text: unpacks, decodes, and refuses what nobody can read. Pure: no database of ours."""
