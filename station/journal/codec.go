package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"packbench/station/pack"
)

// Version is the version of the encoding that this program writes. It reads
// every version from 1 up to it.
const Version = 1

// Codec turns inputs and facts into the JSON of a row and back. It knows the
// types that it was made with, by their tags. A Codec may be used by several
// goroutines.
//
// Format of an input: {"v":1,"t":"scanned","d":{…}}; of facts: [{"t":"judged","d":{…}},…].
// The input's id and time are those of its row and are not written twice.
type Codec struct {
	events map[string]reflect.Type
	facts  map[string]reflect.Type
	unread map[string]func(data []byte) bool // see WithoutWhere
}

// NewCodec knows the given types; one value of each is enough. A type that
// takes the tag of another replaces it.
func NewCodec(events []pack.Event, facts []pack.Fact) *Codec {
	c := &Codec{events: make(map[string]reflect.Type), facts: make(map[string]reflect.Type)}
	for _, e := range events {
		c.events[e.Tag()] = reflect.TypeOf(e)
	}
	for _, f := range facts {
		c.facts[f.Tag()] = reflect.TypeOf(f)
	}
	return c
}

// Bench knows what a bench writes, and what it wrote.
func Bench() *Codec { return NewCodec(pack.Events(), append(pack.Facts(), pack.OldFacts()...)) }

// Old is an input that only old journals hold.
type Old struct{ Name string }

// Tag implements pack.Event.
func (o Old) Tag() string { return o.Name }

// And returns a codec that knows the types of both.
func (c *Codec) And(other *Codec) *Codec {
	both := NewCodec(nil, nil)
	both.unread = map[string]func([]byte) bool{}
	for _, from := range []*Codec{c, other} {
		for tag, t := range from.events {
			both.events[tag] = t
		}
		for tag, t := range from.facts {
			both.facts[tag] = t
		}
		for tag, useless := range from.unread {
			both.unread[tag] = useless
		}
	}
	return both
}

// Without returns a codec that passes over facts of these types, for readers that
// have no use for them.
func (c *Codec) Without(facts ...pack.Fact) *Codec {
	less := c.And(NewCodec(nil, nil))
	for _, f := range facts {
		less.facts[f.Tag()] = nil
	}
	return less
}

// WithoutWhere returns a codec that also passes over facts of a type whose JSON a
// reader has no use for.
func (c *Codec) WithoutWhere(fact pack.Fact, useless func(data []byte) bool) *Codec {
	less := c.Without()
	less.unread[fact.Tag()] = useless
	return less
}

// passes reports whether a fact of a known type is passed over.
func (c *Codec) passes(tag string, t reflect.Type, data []byte) bool {
	useless := c.unread[tag]
	return t == nil || useless != nil && useless(data)
}

type inputJSON struct {
	Version int             `json:"v"`
	Tag     string          `json:"t"`
	Data    json.RawMessage `json:"d,omitempty"`
}

type factJSON struct {
	Tag  string          `json:"t"`
	Data json.RawMessage `json:"d,omitempty"`
}

// Encode returns the JSON of one row. It fails on a type that the codec does not
// know, because nobody could read that row again.
func (c *Codec) Encode(in pack.Input, facts []pack.Fact) (input, decided []byte, err error) {
	if in.Event == nil {
		return nil, nil, fmt.Errorf("journal: input %s has no event", in.ID)
	}
	tag := in.Event.Tag()
	if c.events[tag] != reflect.TypeOf(in.Event) {
		return nil, nil, fmt.Errorf("journal: input %s: the codec does not know %T", in.ID, in.Event)
	}
	var b bytes.Buffer
	b.Grow(1 << 10) // more than the row of a scan
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	b.WriteString(`{"v":`)
	b.Write(strconv.AppendInt(b.AvailableBuffer(), Version, 10))
	b.WriteByte(',')
	if err := tagged(&b, enc, tag, in.Event); err != nil {
		return nil, nil, fmt.Errorf("journal: input %s: %w", in.ID, err)
	}
	split := b.Len()
	b.WriteByte('[')
	for i, f := range facts {
		if f == nil || c.facts[f.Tag()] != reflect.TypeOf(f) {
			return nil, nil, fmt.Errorf("journal: input %s: the codec does not know %T", in.ID, f)
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('{')
		if err := tagged(&b, enc, f.Tag(), f); err != nil {
			return nil, nil, fmt.Errorf("journal: input %s: fact %s: %w", in.ID, f.Tag(), err)
		}
	}
	b.WriteByte(']')
	return b.Bytes()[:split:split], b.Bytes()[split:], nil
}

// tagged writes the rest of an object whose brace is open.
func tagged(b *bytes.Buffer, enc *json.Encoder, tag string, v any) error {
	b.WriteString(`"t":"`)
	b.WriteString(tag)
	b.WriteString(`","d":`)
	if plain, ok := scanJSON(b.AvailableBuffer(), v); ok {
		b.Write(plain)
		b.WriteByte('}')
		return nil
	}
	if err := enc.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the encoder ends with a line feed
	if bytes.HasSuffix(b.Bytes(), []byte(`,"d":{}`)) {
		b.Truncate(b.Len() - len(`,"d":{}`))
	}
	b.WriteByte('}')
	return nil
}

// Decode reads a row. Fields that it does not know are passed over; a tag or
// a version that it does not know is an error that names the row.
func (c *Codec) Decode(r Row) (pack.Input, []pack.Fact, error) {
	var head inputJSON
	if err := json.Unmarshal(r.Input, &head); err != nil {
		return pack.Input{}, nil, fmt.Errorf("journal row %s: the input is damaged: %w", r.ID(), err)
	}
	if head.Version < 1 || head.Version > Version {
		return pack.Input{}, nil, fmt.Errorf("journal row %s: written in version %d, this program reads versions 1 to %d",
			r.ID(), head.Version, Version)
	}
	var v any = Old{head.Tag}
	if !slices.Contains(pack.OldEvents(), head.Tag) {
		t, ok := c.events[head.Tag]
		if !ok {
			return pack.Input{}, nil, fmt.Errorf("journal row %s: unknown input %q", r.ID(), head.Tag)
		}
		var err error
		if v, err = value(t, head.Data); err != nil {
			return pack.Input{}, nil, fmt.Errorf("journal row %s: input %s: %w", r.ID(), head.Tag, err)
		}
	}
	facts, err := c.Facts(r)
	if err != nil {
		return pack.Input{}, nil, err
	}
	return pack.Input{ID: r.ID(), At: r.At, Event: v.(pack.Event)}, facts, nil
}

// Facts reads only what was decided, which is all that replaying needs, as it is
// decided today.
func (c *Codec) Facts(r Row) ([]pack.Fact, error) {
	if facts, ok := c.quickFacts(r.Facts); ok {
		return facts, nil
	}
	var list []factJSON
	if err := json.Unmarshal(r.Facts, &list); err != nil {
		return nil, fmt.Errorf("journal row %s: the facts are damaged: %w", r.ID(), err)
	}
	facts := make([]pack.Fact, 0, len(list))
	for _, f := range list {
		t, ok := c.facts[f.Tag]
		if !ok {
			return nil, fmt.Errorf("journal row %s: unknown fact %q", r.ID(), f.Tag)
		}
		if c.passes(f.Tag, t, f.Data) {
			continue
		}
		v, err := value(t, f.Data)
		if err != nil {
			return nil, fmt.Errorf("journal row %s: fact %s: %w", r.ID(), f.Tag, err)
		}
		facts = append(facts, pack.Upcast(v.(pack.Fact)))
	}
	return facts, nil
}

func value(t reflect.Type, data []byte) (any, error) {
	v := reflect.New(t)
	if len(data) > 0 {
		if err := json.Unmarshal(data, v.Interface()); err != nil {
			return nil, err
		}
	}
	return v.Elem().Interface(), nil
}
