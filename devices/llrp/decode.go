package llrp

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// Type is the type of a message.
type Type uint16

// The types of messages that counting needs.
const (
	CloseConnectionResponse Type = 4
	CloseConnection         Type = 14
	AddROSpec               Type = 20
	DeleteROSpec            Type = 21
	EnableROSpec            Type = 24
	AddROSpecResponse       Type = 30
	DeleteROSpecResponse    Type = 31
	EnableROSpecResponse    Type = 34
	Report                  Type = 61
	KeepAlive               Type = 62
	Event                   Type = 63
	KeepAliveAck            Type = 72
	ErrorMessage            Type = 100
)

// Message is one message of a reader.
type Message struct {
	Type   Type
	ID     uint32
	Tags   []Tag   // of a Report
	Status *Status // of a response, and of an ErrorMessage
	// Attempt says how the connection began: 0 is well. Of an Event.
	Attempt *uint16
	Closed  bool // the reader ends the connection. Of an Event.
}

// Tag is a tag that a reader saw. Zero values were not said.
type Tag struct {
	EPC     []byte // as it lies on the tag, 12 bytes of an EPC-96
	Antenna uint16
	RSSI    int8 // dBm, at its best
	Count   uint16
	First   time.Time // UTC, by the reader's clock
}

// Status is whether a reader did what it was asked; Code 0 is yes.
type Status struct {
	Code  uint16
	Words string
}

const (
	head       = 10      // bytes before a message's parameters
	mostLength = 1 << 20 // bytes of a message; a report of 30,000 tags
	mostWords  = 500     // bytes of what a reader says of a fault
)

// ErrBroken says that what came is no message: the connection cannot be used any more.
var ErrBroken = errors.New("what came is not LLRP")

// Decoder takes bytes apart. The zero value is ready; it holds one message at most.
type Decoder struct {
	rest []byte
	err  error
}

// Feed takes bytes as they come and returns the messages that are whole, the same for any
// split of the bytes. After an error, which wraps ErrBroken, nothing more is read.
func (d *Decoder) Feed(b []byte) ([]Message, error) {
	if d.err != nil {
		return nil, d.err
	}
	d.rest = append(d.rest, b...)
	var out []Message
	for len(d.rest) >= head {
		first := binary.BigEndian.Uint16(d.rest)
		n := binary.BigEndian.Uint32(d.rest[2:])
		switch version := first >> 10 & 7; {
		case version < 1 || version > 2 || first>>13 != 0:
			d.err = fmt.Errorf("%w: version %d", ErrBroken, version)
		case n < head || n > mostLength:
			d.err = fmt.Errorf("%w: a message of %d bytes", ErrBroken, n)
		case len(d.rest) < int(n):
			return out, nil
		default:
			m := Message{Type: Type(first & 0x3ff), ID: binary.BigEndian.Uint32(d.rest[6:])}
			d.err = m.read(d.rest[head:n])
			d.rest = d.rest[n:]
			if d.err == nil {
				out = append(out, m)
			}
		}
		if d.err != nil {
			d.rest = nil
			return out, d.err
		}
	}
	d.rest = append([]byte(nil), d.rest...) // so that what was read can go
	return out, nil
}

// Types of parameters.
const (
	paramEPC96         = 13
	paramTags          = 240
	paramEPC           = 241
	paramEventData     = 246
	paramAttempt       = 256
	paramClosed        = 257
	paramStatus        = 287
	paramAntenna       = 1
	paramFirstSeen     = 2
	paramRSSI          = 6
	paramSeen          = 8
	shortParameters    = 21
	shortParameterMark = 0x80
)

// shorts are the lengths of the values of parameters without a length, by their type.
var shorts = [shortParameters]int{1: 2, 2: 8, 3: 8, 4: 8, 5: 8, 6: 1, 7: 2, 8: 2, 9: 4, 10: 2, 11: 2, 12: 2, 13: 12, 14: 2, 15: 2, 16: 4, 17: 2, 18: 4, 19: 2, 20: 2}

// parameters calls each for every parameter of a value.
func parameters(b []byte, each func(kind int, value []byte) error) error {
	for len(b) > 0 {
		kind, from, to := int(b[0]&^shortParameterMark), 1, 0
		if b[0]&shortParameterMark != 0 {
			if kind >= shortParameters || shorts[kind] == 0 {
				return fmt.Errorf("%w: parameter %d", ErrBroken, kind)
			}
			to = from + shorts[kind]
		} else {
			if len(b) < 4 {
				return fmt.Errorf("%w: a parameter is cut off", ErrBroken)
			}
			kind, from, to = int(binary.BigEndian.Uint16(b)&0x3ff), 4, int(binary.BigEndian.Uint16(b[2:]))
		}
		if to < from || to > len(b) {
			return fmt.Errorf("%w: parameter %d is cut off", ErrBroken, kind)
		}
		if err := each(kind, b[from:to]); err != nil {
			return err
		}
		b = b[to:]
	}
	return nil
}

// read takes the parameters of a message.
func (m *Message) read(b []byte) error {
	switch m.Type {
	case Report:
		return parameters(b, func(kind int, value []byte) error {
			if kind != paramTags {
				return nil
			}
			t, err := tag(value)
			m.Tags = append(m.Tags, t)
			return err
		})
	case Event:
		return parameters(b, func(kind int, value []byte) error {
			if kind != paramEventData {
				return nil
			}
			return parameters(value, m.event)
		})
	case AddROSpecResponse, DeleteROSpecResponse, EnableROSpecResponse, CloseConnectionResponse, ErrorMessage:
		return parameters(b, func(kind int, value []byte) error {
			if kind != paramStatus {
				return nil
			}
			if len(value) < 4 {
				return fmt.Errorf("%w: a status is cut off", ErrBroken)
			}
			n := min(int(binary.BigEndian.Uint16(value[2:])), len(value)-4, mostWords)
			m.Status = &Status{Code: binary.BigEndian.Uint16(value), Words: string(value[4 : 4+n])}
			return nil
		})
	}
	return nil
}

func (m *Message) event(kind int, value []byte) error {
	switch kind {
	case paramAttempt:
		if len(value) < 2 {
			return fmt.Errorf("%w: an event is cut off", ErrBroken)
		}
		how := binary.BigEndian.Uint16(value)
		m.Attempt = &how
	case paramClosed:
		m.Closed = true
	}
	return nil
}

// tag reads what a reader says of a tag. The EPC comes as one of 96 bits, or with its
// number of bits before it.
func tag(b []byte) (Tag, error) {
	var t Tag
	err := parameters(b, func(kind int, value []byte) error {
		switch kind {
		case paramEPC96:
			t.EPC = append([]byte(nil), value...)
		case paramEPC:
			if len(value) < 2 {
				return fmt.Errorf("%w: an EPC is cut off", ErrBroken)
			}
			bits := int(binary.BigEndian.Uint16(value))
			if (bits+7)/8 > len(value)-2 {
				return fmt.Errorf("%w: an EPC of %d bits is cut off", ErrBroken, bits)
			}
			t.EPC = append([]byte(nil), value[2:2+(bits+7)/8]...)
		case paramAntenna:
			t.Antenna = binary.BigEndian.Uint16(value)
		case paramRSSI:
			t.RSSI = int8(value[0])
		case paramSeen:
			t.Count = binary.BigEndian.Uint16(value)
		case paramFirstSeen:
			if us := binary.BigEndian.Uint64(value); us < 1<<62 {
				t.First = time.UnixMicro(int64(us)).UTC()
			}
		}
		return nil
	})
	return t, err
}
