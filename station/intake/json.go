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
	leash   *leash
	json    *json.Decoder
	read    int
	lines   bool // the objects follow one another, in no array
	wrapped bool // the array stands in an object
}

// newJSON reads an array, or objects one behind the other: those of a file of
// lines may be one alone.
func newJSON(r io.ReadSeeker, lines bool, l *letters) (source, error) {
	s := &jsonSource{index: map[string]int{}}
	var err error
	if s.objects, err = newObjects(r, lines, l); err != nil {
		return nil, err
	}
	for {
		object, err := s.object()
		var broken *fault
		if err == nil || errors.As(err, &broken) {
			err = s.learn(object)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	s.objects, err = newObjects(r, lines, l)
	return s, err
}

// newObjects finds the list: it is the file, stands under a name in an object which
// is the file, or is the file's lines.
func newObjects(r io.ReadSeeker, lines bool, l *letters) (*objects, error) {
	text, err := textOf(r, atMost(r, maxJSON, " of JSON"), l)
	if err != nil {
		return nil, err
	}
	b := bufio.NewReaderSize(text, ahead)
	head, err := b.Peek(ahead)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return nil, err
	}
	o := &objects{leash: &leash{r: b, left: MaxRow}, lines: lines || isLines(head)}
	o.json = json.NewDecoder(o.leash)
	o.json.UseNumber()
	if o.lines {
		return o, nil
	}
	t, err := o.json.Token()
	if err == nil && t == json.Delim('{') {
		o.wrapped = true
		t, err = o.toList()
	}
	switch {
	case errors.Is(err, ErrTooLarge):
		return nil, err
	case err != nil || t != json.Delim('['):
		return nil, errors.New("the JSON must be an array of objects: [{…}, {…}]")
	}
	return o, nil
}

// isLines reports whether a text begins with an object that another follows.
func isLines(head []byte) bool {
	d := json.NewDecoder(bytes.NewReader(head))
	var first map[string]json.RawMessage
	if d.Decode(&first) != nil {
		return false
	}
	t, _ := d.Token()
	return t == json.Delim('{')
}

// toList reads an object up to the first list in it, past what describes the list.
func (o *objects) toList() (json.Token, error) {
	for o.json.More() {
		if _, err := o.json.Token(); err != nil {
			return nil, err
		}
		t, err := o.json.Token()
		if err != nil || t == json.Delim('[') {
			return t, err
		}
		if t == json.Delim('{') {
			if err := o.skip(); err != nil {
				return nil, err
			}
		}
	}
	return nil, errors.New("there is no list")
}

// skip reads the rest of an object.
func (o *objects) skip() error {
	for depth := 1; depth > 0; {
		t, err := o.json.Token()
		switch {
		case err != nil:
			return err
		case t == json.Delim('{'), t == json.Delim('['):
			depth++
		case t == json.Delim('}'), t == json.Delim(']'):
			depth--
		}
	}
	return nil
}

// object returns the next one; io.EOF ends them. A fault is one that says a thing
// twice.
func (o *objects) object() (object map[string]any, err error) {
	o.leash.left = MaxRow
	if !o.json.More() {
		return nil, o.end()
	}
	if o.read++; o.read > MaxRows {
		return nil, fmt.Errorf("%w: more than %d rows", ErrTooLarge, MaxRows)
	}
	var raw json.RawMessage
	if err = o.json.Decode(&raw); err == nil {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		err = d.Decode(&object)
	}
	if err != nil {
		return nil, fmt.Errorf("object %d: %w", o.read, early(err))
	}
	if colons(raw) != names(object) {
		return object, &fault{row: o.read, column: twice(raw), reason: "the name stands twice in the object"}
	}
	return object, nil
}

// end reads what stands behind the last object.
func (o *objects) end() error {
	if !o.lines {
		if _, err := o.json.Token(); err != nil {
			return fmt.Errorf("the array does not end: %w", early(err))
		}
	}
	if o.leash.left = MaxRow; o.wrapped {
		switch t, err := o.toList(); {
		case err == nil && t == json.Delim('['):
			return errors.New("there are several lists in the JSON; give a file for each")
		case o.json.More():
			return fmt.Errorf("the object around the array does not end: %w", early(err))
		}
		if _, err := o.json.Token(); err != nil {
			return fmt.Errorf("the object around the array does not end: %w", early(err))
		}
	}
	if _, err := o.json.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind the end of the array")
	}
	return io.EOF
}

// colons counts those between names and values.
func colons(raw []byte) (n int) {
	text := false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '"':
			text = !text
		case c == '\\':
			i++
		case c == ':' && !text:
			n++
		}
	}
	return n
}

// names counts the names in a value.
func names(v any) (n int) {
	switch v := v.(type) {
	case map[string]any:
		n = len(v)
		for _, inner := range v {
			n += names(inner)
		}
	case []any:
		for _, inner := range v {
			n += names(inner)
		}
	}
	return n
}

// twice returns the first name that an object has twice.
func twice(raw []byte) string {
	d := json.NewDecoder(bytes.NewReader(raw))
	var seen []map[string]bool // of the objects that are open; nil is a list
	name := false              // the next text is a name
	for {
		t, err := d.Token()
		if err != nil {
			return ""
		}
		switch t := t.(type) {
		case json.Delim:
			switch t {
			case '{':
				seen, name = append(seen, map[string]bool{}), true
				continue
			case '[':
				seen = append(seen, nil)
			default:
				seen = seen[:len(seen)-1]
			}
		case string:
			if name {
				if seen[len(seen)-1][t] {
					return t
				}
				seen[len(seen)-1][t], name = true, false
				continue
			}
		}
		name = len(seen) > 0 && seen[len(seen)-1] != nil
	}
}

func sorted(object map[string]any) []string { return slices.Sorted(maps.Keys(object)) }

// learn takes the names of an object for the header.
func (s *jsonSource) learn(object map[string]any) error {
	for _, name := range sorted(object) {
		if written, is := object[name].(string); is {
			s.texts = s.texts || twoWays(written)
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
