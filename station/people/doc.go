// Package people owns what is known of the people at the benches: how a badge
// is recognised without its code being kept, and who may do what. A badge is
// stored as its [BadgeHash] with the salt of the data folder and compared with
// [SameBadge]; [Rights] is the table of who may do what, [MayClear] the rule that
// nobody clears their own, and what they refuse is a
// *[Denied] with words for the asker. It must not store anything, and no name
// and no badge code ever leaves it in an error.
package people
