package sim

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// TagReader is a fixed RFID reader that speaks LLRP 1.0.1: whoever connects and orders it
// to look hears of its tags, in the bytes of a real one. The zero value sees none.
type TagReader struct {
	EPCs   []string // of the tags, in hex, in the order in which they are seen
	Again  int      // how often each is told once more
	Busy   bool     // another program has it
	Asks   bool     // whether it is still heard, before it tells of tags, and waits for the answer
	Refuse int      // message whose order it does not take; 0 for none
	Piece  int      // bytes that it sends at a time; 0: all at once
	Cut    int      // bytes of its tags after which it is gone; 0: never
}

// ServeTags serves one program after another until the listener is closed.
func (r TagReader) ServeTags(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		_ = r.Serve(conn) // how one program leaves is its own business
	}
}

// Serve talks with one program until it leaves.
func (r TagReader) Serve(conn net.Conn) error {
	defer func() { _ = conn.Close() }()
	attempt := "0000"
	if r.Busy {
		attempt = "0002"
	}
	event := unhex("00f6 0016 0080 000c 0005ac35bd20d1da 0100 0006" + attempt)
	if err := r.send(conn, 63, 0, event); err != nil {
		return err
	}
	for {
		kind, id, err := heard(conn)
		if err != nil {
			return err
		}
		answer, code := map[int]int{20: 30, 21: 31, 24: 34, 14: 4}[kind], "0000"
		if answer == 0 {
			continue
		}
		if kind == r.Refuse {
			code = "0065"
		}
		words := ""
		if code != "0000" {
			words = "not today"
		}
		status := unhex("011f" + fmt.Sprintf("%04x", 8+len(words)) + code + fmt.Sprintf("%04x", len(words)))
		if err := r.send(conn, answer, id, append(status, words...)); err != nil {
			return err
		}
		if kind == 14 {
			return nil
		}
		if kind == 24 && code == "0000" {
			if err := r.tell(conn); err != nil {
				return err
			}
		}
	}
}

// tell reports the tags, each in a message of its own.
func (r TagReader) tell(conn net.Conn) error {
	if r.Asks {
		if err := r.send(conn, 62, 77, nil); err != nil {
			return err
		}
		if kind, id, err := heard(conn); err != nil || kind != 72 || id != 77 {
			return fmt.Errorf("message %d (%d) in answer to whether it is heard: %w", kind, id, err)
		}
	}
	sent := 0
	for range r.Again + 1 {
		for i, epc := range r.EPCs {
			tag := unhex(epc)
			value := append([]byte{0x8d}, tag...)
			if len(tag) != 12 {
				value = append(unhex(fmt.Sprintf("00f1%04x%04x", 6+len(tag), 8*len(tag))), tag...)
			}
			value = append(value, unhex("81 0001 86 d0 82")...)
			value = binary.BigEndian.AppendUint64(value, uint64(time.Date(2026, 11, 23, 9, 0, i, 0, time.UTC).UnixMicro()))
			report := append(unhex(fmt.Sprintf("00f0%04x", 4+len(value))), value...)
			if sent += 10 + len(report); r.Cut > 0 && sent > r.Cut {
				return errors.New("gone")
			}
			if err := r.send(conn, 61, uint32(i), report); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r TagReader) send(conn net.Conn, kind int, id uint32, value []byte) error {
	b := binary.BigEndian.AppendUint16(nil, uint16(0x0400|kind))
	b = binary.BigEndian.AppendUint32(b, uint32(10+len(value)))
	b = append(binary.BigEndian.AppendUint32(b, id), value...)
	for piece := r.Piece; piece > 0 && len(b) > piece; b = b[piece:] {
		if _, err := conn.Write(b[:piece]); err != nil {
			return err
		}
	}
	_, err := conn.Write(b)
	return err
}

// heard reads a message of the program.
func heard(conn net.Conn) (kind int, id uint32, err error) {
	var h [10]byte
	if _, err := io.ReadFull(conn, h[:]); err != nil {
		return 0, 0, err
	}
	n := binary.BigEndian.Uint32(h[2:])
	if n < 10 || n > 1<<16 {
		return 0, 0, fmt.Errorf("a message of %d bytes", n)
	}
	_, err = io.CopyN(io.Discard, conn, int64(n-10))
	return int(binary.BigEndian.Uint16(h[:]) & 0x3ff), binary.BigEndian.Uint32(h[6:]), err
}

// unhex reads hex digits with spaces between them; others are nothing.
func unhex(text string) []byte {
	var digits []byte
	for _, c := range []byte(text) {
		if c != ' ' {
			digits = append(digits, c)
		}
	}
	b, _ := hex.DecodeString(string(digits))
	return b
}
