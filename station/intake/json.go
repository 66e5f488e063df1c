package intake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// jsonSource reads an array of flat objects. An object may leave a name out, so
// the header is known only when all have been read: the file is read twice.
type jsonSource struct {
	*objects
	names []string
	index map[string]int
	texts bool // a number that can be read in two ways stands there as a text
}

const maxJSON = 128 << 20

// objects reads one object after another.
type objects struct {
	leash *leash
	json  *json.Decoder
	read  int
}

func newJSON(r io.ReadSeeker) (source, error) {
	s := &jsonSource{index: map[string]int{}}
	var err error
	if s.objects, err = newObjects(r); err != nil {
		return nil, err
	}
	for {
		object, err := s.object()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = s.learn(object)
		}
		if err != nil {
			return nil, err
		}
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	s.objects, err = newObjects(r)
	return s, err
}

func newObjects(r io.Reader) (*objects, error) {
	b := bufio.NewReader(atMost(r, maxJSON, " of JSON"))
	head, err := b.Peek(3)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		_, _ = b.Discard(3) // it was peeked at
	}
	o := &objects{leash: &leash{r: b, left: MaxRow}}
	o.json = json.NewDecoder(o.leash)
	o.json.UseNumber()
	switch t, err := o.json.Token(); {
	case errors.Is(err, ErrTooLarge):
		return nil, err
	case err != nil || t != json.Delim('['):
		return nil, errors.New("the JSON must be an array of objects: [{…}, {…}]")
	}
	return o, nil
}

// object returns the next one; io.EOF ends them.
func (o *objects) object() (object map[string]any, err error) {
	o.leash.left = MaxRow
	if !o.json.More() {
		if _, err := o.json.Token(); err != nil {
			return nil, fmt.Errorf("the array does not end: %w", early(err))
		}
		if _, err := o.json.Token(); !errors.Is(err, io.EOF) {
			return nil, errors.New("something stands behind the end of the array")
		}
		return nil, io.EOF
	}
	if o.read++; o.read > MaxRows {
		return nil, fmt.Errorf("%w: more than %d rows", ErrTooLarge, MaxRows)
	}
	if err := o.json.Decode(&object); err != nil {
		return nil, fmt.Errorf("object %d: %w", o.read, early(err))
	}
	return object, nil
}

func sorted(object map[string]any) []string { return slices.Sorted(maps.Keys(object)) }

// learn takes the names of an object for the header.
func (s *jsonSource) learn(object map[string]any) error {
	for _, name := range sorted(object) {
		if written, is := object[name].(string); is && len(written) < 30 && numeral.MatchString(written) {
			n, err := split(numeral.FindString(written))
			s.texts = s.texts || err == nil && n.open
		}
		if _, ok := scalar(object[name]); !ok {
			continue
		}
		if _, known := s.index[name]; known {
			continue
		}
		if len(s.names) >= MaxColumns {
			return fmt.Errorf("%w: more than %d different names", ErrTooLarge, MaxColumns)
		}
		s.index[name] = len(s.names)
		s.names = append(s.names, name)
	}
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

// next flattens an object into cells.
func (s *jsonSource) next() (record, error) {
	object, err := s.object()
	if err != nil {
		return record{}, err
	}
	var broken error
	cells := make([]string, len(s.names))
	for _, name := range sorted(object) {
		text, ok := scalar(object[name])
		if !ok {
			broken = &fault{row: s.read, column: name, reason: "it must be a text, a number, true or false"}
			continue
		}
		if i, known := s.index[name]; known { // a file that was changed meanwhile may have others
			cells[i] = text
		}
	}
	return record{row: s.read, cells: cells}, broken
}
