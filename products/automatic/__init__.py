"""Rules by which small changes of trusted sellers are approved without a person, and what each rule did."""
