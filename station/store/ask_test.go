package store

import "context"

// What only tests ask of the database.

// keepDocument keeps a document durably and gives what is kept for its effect:
// the first one that was, whatever is given later.
func (s *Store) keepDocument(ctx context.Context, d Document) (Document, error) {
	kept, err := s.KeepDocuments(ctx, d)
	if err != nil {
		return Document{}, err
	}
	return kept[0], nil
}

// countDue is how many orders may be started, whoever claimed them.
func (s *Store) countDue(ctx context.Context) (int, error) {
	n, err := one(ctx, s.read, "count the due orders", integer, `SELECT n FROM tallies WHERE name = 'due'`)
	return int(n), err
}
