package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// jsonSource reads an array of flat objects. An object may leave a name out,
// so the header is known only when all have been read: the array is held in
// memory.
type jsonSource struct {
	names []string
	index map[string]int
	rows  [][]string
	at    int
	bad   map[int]*fault
	texts bool // a number that can be read in two ways stands there as a text
}

const maxJSON = 128 << 20

func newJSON(r io.Reader) (source, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxJSON+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxJSON {
		return nil, fmt.Errorf("%w: more than %d MB of JSON", ErrTooLarge, maxJSON>>20)
	}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return nil, errors.New("the JSON must be an array of objects: [{…}, {…}]")
	}
	s := &jsonSource{index: map[string]int{}, bad: map[int]*fault{}}
	for d.More() {
		if len(s.rows) >= MaxRows {
			return nil, fmt.Errorf("%w: more than %d rows", ErrTooLarge, MaxRows)
		}
		var object map[string]any
		if err := d.Decode(&object); err != nil {
			return nil, fmt.Errorf("object %d: %w", len(s.rows)+1, err)
		}
		if err := s.take(object); err != nil {
			return nil, err
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("the array does not end: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something stands behind the end of the array")
	}
	return s, nil
}

// take flattens one object into cells.
func (s *jsonSource) take(object map[string]any) error {
	cells := make([]string, len(s.names))
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		text, ok := scalar(object[name])
		if written, is := object[name].(string); is && len(written) < 30 && numeral.MatchString(written) {
			n, err := split(numeral.FindString(written))
			s.texts = s.texts || err == nil && n.open
		}
		if !ok {
			s.bad[len(s.rows)] = &fault{row: len(s.rows) + 1, column: name, reason: "it must be a text, a number, true or false"}
			continue
		}
		i, known := s.index[name]
		if !known {
			if i = len(s.names); i >= MaxColumns {
				return fmt.Errorf("%w: more than %d different names", ErrTooLarge, MaxColumns)
			}
			s.index[name] = i
			s.names = append(s.names, name)
		}
		for len(cells) <= i {
			cells = append(cells, "")
		}
		cells[i] = text
	}
	s.rows = append(s.rows, cells)
	return nil
}

// scalar writes a value as a cell; a list of texts is joined with "|", which
// is how several barcodes are written.
func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		if v {
			return "yes", true
		}
		return "no", true
	case []any:
		var b bytes.Buffer
		for i, item := range v {
			text, ok := scalar(item)
			if _, nested := item.([]any); nested || !ok {
				return "", false
			}
			if i > 0 {
				b.WriteByte('|')
			}
			b.WriteString(text)
		}
		return b.String(), true
	}
	return "", false
}

func (s *jsonSource) storedNumbers() bool { return !s.texts }

func (s *jsonSource) header() ([]string, error) { return s.names, nil }

func (s *jsonSource) next() (record, error) {
	if s.at >= len(s.rows) {
		return record{}, io.EOF
	}
	s.at++
	if f, ok := s.bad[s.at-1]; ok {
		return record{}, f
	}
	return record{row: s.at, cells: s.rows[s.at-1]}, nil
}
