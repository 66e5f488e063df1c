package store

import "context"

// KeepNote keeps the text of a note about a case.
func (s *Store) KeepNote(ctx context.Context, id, caseID, text string) error {
	return s.change(ctx, "keep a note", func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO notes (id, case_id, text) VALUES (?, ?, ?)`, id, caseID, text)
		return err
	})
}

// Notes returns the texts of the notes about a case, by id; what was erased is left out.
func (s *Store) Notes(ctx context.Context, caseID string) (map[string]string, error) {
	notes := map[string]string{}
	_, err := list(ctx, s.read, "read the notes of case "+caseID, sound(func(scan func(...any) error) (struct{}, error) {
		var id, text string
		err := scan(&id, &text)
		notes[id] = text
		return struct{}{}, err
	}), `SELECT id, text, `+doubt("notes", "")+` FROM notes WHERE case_id = ?`, caseID)
	return notes, err
}
