"""Community digital teams: who helps in which communes, for which programmes."""
