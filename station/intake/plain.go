package intake

// plainProfile is the plain form. Whatever says nothing of an order's state lets it
// go; it is this program's own form, which says so.
var plainProfile = profile{}

// plainWords are what the words of the column "status" mean there.
var plainWords = meaning(usual + `; held: unpaid; done: erledigt`)
