package store

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"packbench/station"
)

// entry is an order as it stands in a spool: the columns of its rows.
type entry struct {
	id, shop, own, number, status, reason string
	version, shipBy, multi                int64
	given, body, address                  []byte
	totes, skus                           []string
}

func entryOf(o station.Order) (entry, error) {
	o.Status = cmp.Or(o.Status, station.OrderOpen)
	e := entry{
		id: o.ID, shop: o.Shop, own: o.Ref().ID, number: cmp.Or(o.Number, o.ID), status: string(o.Status), reason: o.Reason,
		version: int64(o.Version), shipBy: shipBy(o), multi: multi(o), totes: o.Totes,
	}
	for _, l := range o.Lines {
		if l.SKU != "" && l.Kind != station.Note {
			e.skus = append(e.skus, l.SKU)
		}
	}
	var err error
	e.body, e.address, e.given, err = textsOf(o)
	return e, err
}

// order is the whole of an entry again.
func (e entry) order() (o station.Order, err error) {
	if err = json.Unmarshal(e.body, &o); err == nil {
		err = json.Unmarshal(e.address, &o.To)
	}
	return o, err
}

// textsOf returns an order as it is kept, without its address, the address, and the sum
// that tells two orders of a shop apart.
func textsOf(o station.Order) (body, address, given []byte, err error) {
	if body, err = bodyOf(o); err != nil {
		return nil, nil, nil, err
	}
	if address, err = json.Marshal(o.To); err != nil {
		return nil, nil, nil, err
	}
	if o.Version == 0 && o.Number == "" && o.Own == "" {
		// What is summed is the body with the address in its place: it need not be
		// written once more. A quotation mark in a text has a stroke before it, so
		// that nothing else reads so.
		if before, after, ok := bytes.Cut(body, nowhere); ok {
			h := sha256.New()
			for _, part := range [][]byte{before, []byte(`"To":`), address, after} {
				h.Write(part)
			}
			return body, address, h.Sum(nil), nil
		}
	}
	given, err = sumOf(o)
	return body, address, given, err
}

// nowhere is an address without a word, as it stands in an order.
var nowhere = func() []byte {
	text, err := json.Marshal(station.Address{})
	if err != nil {
		panic(fmt.Sprint("an address without a word: ", err)) // it is a constant
	}
	return append([]byte(`"To":`), text...)
}()

func (e entry) append(b []byte) []byte {
	for _, t := range []string{e.id, e.shop, e.own, e.number, e.status, e.reason} {
		b = append(binary.AppendUvarint(b, uint64(len(t))), t...)
	}
	for _, n := range []int64{e.version, e.shipBy, e.multi} {
		b = binary.AppendVarint(b, n)
	}
	for _, t := range [][]byte{e.given, e.body, e.address} {
		b = append(binary.AppendUvarint(b, uint64(len(t))), t...)
	}
	for _, list := range [][]string{e.totes, e.skus} {
		b = binary.AppendUvarint(b, uint64(len(list)))
		for _, t := range list {
			b = append(binary.AppendUvarint(b, uint64(len(t))), t...)
		}
	}
	return b
}

// columns reads what append wrote. The sum of the spool was right by then: what does
// not fit was written by another program.
type columns struct {
	left []byte
	bad  bool
}

func (c *columns) size() int {
	n, used := binary.Uvarint(c.left)
	if used <= 0 || n > uint64(len(c.left)-used) {
		c.left, c.bad = nil, true
		return 0
	}
	c.left = c.left[used:]
	return int(n)
}

func (c *columns) bytes() []byte {
	n := c.size()
	b := c.left[:n:n]
	c.left = c.left[n:]
	return b
}

func (c *columns) number() int64 {
	n, used := binary.Varint(c.left)
	if used <= 0 {
		c.left, c.bad = nil, true
		return 0
	}
	c.left = c.left[used:]
	return n
}

func (c *columns) list() (out []string) {
	for range c.size() {
		out = append(out, string(c.bytes()))
	}
	return out
}

// readSpooled reads a record; where only its head is wanted, without the texts.
func readSpooled(record []byte, head bool) (entry, error) {
	c := columns{left: record}
	var e entry
	for _, to := range []*string{&e.id, &e.shop, &e.own, &e.number, &e.status, &e.reason} {
		if text := c.bytes(); !head || to == &e.id || to == &e.status {
			*to = string(text)
		}
	}
	for _, to := range []*int64{&e.version, &e.shipBy, &e.multi} {
		*to = c.number()
	}
	for _, to := range []*[]byte{&e.given, &e.body, &e.address} {
		if text := c.bytes(); !head {
			*to = bytes.Clone(text)
		}
	}
	e.totes, e.skus = c.list(), c.list()
	if c.bad || len(c.left) > 0 {
		return e, errSpool
	}
	return e, nil
}

var errSpool = errors.New("the orders of an import are not what was written: import their file again")

// eachRecord calls do with each record of a whole spool. What it is given is gone after.
func eachRecord(path string, do func(record []byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	in := bufio.NewReaderSize(f, 1<<18)
	var record []byte
	for {
		n, err := binary.ReadUvarint(in)
		switch {
		case err != nil:
			return errors.Join(errSpool, err)
		case n == 0:
			return nil
		case n > spoolRow:
			return errSpool
		}
		if record = append(record[:0], make([]byte, n)...); len(record) > 0 {
			if _, err := io.ReadFull(in, record); err != nil {
				return errors.Join(errSpool, err)
			}
		}
		if err := do(record); err != nil {
			return err
		}
	}
}

// checkSpool reports whether a spool is what was written.
func checkSpool(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < 5 {
		return errSpool
	}
	sum := crc32.New(castagnoli)
	if _, err := io.CopyBuffer(sum, io.LimitReader(f, info.Size()-4), make([]byte, 1<<18)); err != nil {
		return err
	}
	var want [4]byte
	if _, err := io.ReadFull(f, want[:]); err != nil || binary.LittleEndian.Uint32(want[:]) != sum.Sum32() {
		return errSpool
	}
	return nil
}
