package llrp_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"packbench/devices/llrp"
	"packbench/devices/sim"
)

// bytesOf reads hex with spaces.
func bytesOf(t testing.TB, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// message is a message of a reader, in the form of those of an Impinj Speedway.
func message(t testing.TB, kind int, value string) []byte {
	t.Helper()
	b := bytesOf(t, value)
	return append(bytesOf(t, fmt.Sprintf("%04x%08x00000007", 0x0400|kind, 10+len(b))), b...)
}

const (
	one    = "00f0 001f 8d 3034257bf468d4800000162e 81 0001 86 d0 82 0005a9e4bef862e0"
	two    = "00f0 001a 00f1 0010 0050 3034257bf468d4800000 81 0002 88 0009"
	lasted = "00f0 0044 8d 3034257bf468d4800000162f 89 00000001 8e 0001 8a 0001 81 0003 86 c4 87 0005 82 0005a9e4bef862e0 84 0005a9e4bef862e1 88 0003 90 00000000 8c 3000 8b ffff"
)

func TestMessagesOfReaders(t *testing.T) {
	first := time.UnixMicro(0x0005a9e4bef862e0).UTC()
	for _, c := range []struct {
		name  string
		bytes []byte
		want  string // of the messages, or the error
	}{
		{"a tag of 96 bits", message(t, 61, one), "61 7 [3034257bf468d4800000162e 1 -48 0 " + first.Format(time.RFC3339Nano) + "]"},
		{"a tag of 80 bits", message(t, 61, two), "61 7 [3034257bf468d4800000 2 0 9 0001-01-01T00:00:00Z]"},
		{"all that a reader may say", message(t, 61, lasted), "61 7 [3034257bf468d4800000162f 3 -60 3 " + first.Format(time.RFC3339Nano) + "]"},
		{"two tags, and what the vendor adds", message(t, 61, one+two+"03ff 000a 0000651a 0001"), "61 7 [3034257bf468d4800000162e 1 -48 0 " + first.Format(time.RFC3339Nano) + "] [3034257bf468d4800000 2 0 9 0001-01-01T00:00:00Z]"},
		{"the connection stands", message(t, 63, "00f6 0016 0080 000c 0005ac35bd20d1da 0100 0006 0000"), "63 7 attempt 0"},
		{"another has it", message(t, 63, "00f6 0016 0080 000c 0005ac35bd20d1da 0100 0006 0002"), "63 7 attempt 2"},
		{"it leaves", message(t, 63, "00f6 0014 0080 000c 0005ac35bd20d1da 0101 0004"), "63 7 closed"},
		{"done", message(t, 34, "011f 0008 0000 0000"), "34 7 status 0 "},
		{"not done", message(t, 30, "011f 000c 0065 0004 4e6f7065"), "30 7 status 101 Nope"},
		{"a message that counting does not need", message(t, 13, "ffff"), "13 7"},
		{"two messages", slices.Concat(message(t, 62, ""), message(t, 62, "")), "62 7; 62 7"},
		{"nothing", nil, ""},
		{"version 0", bytesOf(t, "003d 0000000a 00000000"), "not LLRP: version 0"},
		{"HTTP", []byte("HTTP/1.1 400 Bad Request\r\n"), "not LLRP: version 2|not LLRP"},
		{"a length below the head", bytesOf(t, "043d 00000009 00000000"), "a message of 9 bytes"},
		{"a length of 4 GB", bytesOf(t, "043d ffffffff 00000000"), "a message of 4294967295 bytes"},
		{"a parameter longer than the message", message(t, 61, "00f0 0020 8d"), "parameter 240 is cut off"},
		{"a parameter shorter than its head", message(t, 61, "00f0 0003"), "parameter 240 is cut off"},
		{"an EPC cut off", message(t, 61, "00f0 0008 8d 303425"), "parameter 13 is cut off"},
		{"an EPC of more bits than bytes", message(t, 61, "00f0 000c 00f1 0008 0050 3034"), "an EPC of 80 bits is cut off"},
		{"a parameter that nobody knows", message(t, 61, "00f0 0006 9f 00"), "parameter 31"},
		{"half a head of a parameter", message(t, 61, "00f0 00"), "a parameter is cut off"},
		{"words longer than the message", message(t, 34, "011f 0009 0001 ffff 41"), "34 7 status 1 A"},
	} {
		for _, piece := range []int{len(c.bytes), 1, 7} {
			var d llrp.Decoder
			var got []string
			var failed error
			for b := range slices.Chunk(c.bytes, max(piece, 1)) {
				more, err := d.Feed(b)
				for _, m := range more {
					got = append(got, words(m))
				}
				failed = errors.Join(failed, err)
			}
			said := strings.Join(got, "; ")
			if failed != nil {
				said += failed.Error()
				if !errors.Is(failed, llrp.ErrBroken) {
					t.Errorf("%s: %v", c.name, failed)
				}
			}
			if !slices.ContainsFunc(strings.Split(c.want, "|"), func(w string) bool { return said == w || failed != nil && strings.Contains(said, w) }) {
				t.Errorf("%s, %d bytes at a time: %q, want %q", c.name, piece, said, c.want)
			}
		}
	}
}

func words(m llrp.Message) string {
	s := fmt.Sprint(m.Type, " ", m.ID)
	for _, t := range m.Tags {
		s += fmt.Sprintf(" [%x %d %d %d %s]", t.EPC, t.Antenna, t.RSSI, t.Count, t.First.Format(time.RFC3339Nano))
	}
	if m.Status != nil {
		s += fmt.Sprintf(" status %d %s", m.Status.Code, m.Status.Words)
	}
	if m.Attempt != nil {
		s += fmt.Sprintf(" attempt %d", *m.Attempt)
	}
	if m.Closed {
		s += " closed"
	}
	return s
}

func FuzzDecoder(f *testing.F) {
	f.Add(message(f, 61, one+two), uint8(3))
	f.Add(message(f, 63, "00f6 0016 0080 000c 0005ac35bd20d1da 0100 0006 0000"), uint8(1))
	f.Add(message(f, 34, "011f 0008 0000 0000"), uint8(200))
	f.Fuzz(func(t *testing.T, data []byte, piece uint8) {
		read := func(piece int) (out []string, failed bool) {
			var d llrp.Decoder
			for b := range slices.Chunk(data, piece) {
				more, err := d.Feed(b)
				for _, m := range more {
					out = append(out, words(m))
				}
				failed = failed || err != nil
			}
			return out, failed
		}
		all, failed := read(max(len(data), 1))
		some, broke := read(int(piece)%64 + 1)
		if !slices.Equal(all, some) || failed != broke {
			t.Errorf("%v %t, in pieces %v %t", all, failed, some, broke)
		}
	})
}

var tags = []string{"3034257bf468d4800000162e", "3034257bf468d4800000162f", "3034257bf468d48000001630", "e2801160600002054e0d7c5b"}

func TestAReaderIsAskedForItsTags(t *testing.T) {
	for _, c := range []struct {
		name   string
		reader sim.TagReader
		want   []string
		err    string
		takes  time.Duration
	}{
		{"each once", sim.TagReader{EPCs: tags, Again: 3}, tags, "", 3 * time.Second},
		{"one byte at a time", sim.TagReader{EPCs: tags, Piece: 1}, tags, "", 3 * time.Second},
		{"none", sim.TagReader{}, nil, "", 3 * time.Second},
		{"it asks whether it is heard", sim.TagReader{EPCs: tags, Asks: true}, tags, "", 3 * time.Second},
		{"another program has it", sim.TagReader{EPCs: tags, Busy: true}, nil, "another program is connected to the reader", 0},
		{"it does not look", sim.TagReader{EPCs: tags, Refuse: 24}, nil, `refused to begin to look for tags (101): "not today"`, 0},
		{"it does not take the order", sim.TagReader{EPCs: tags, Refuse: 20}, nil, `refused to look for tags (101)`, 0},
		{"gone between two tags", sim.TagReader{EPCs: tags, Cut: 100}, tags[:2], "the connection to the reader ended", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				here, there := net.Pipe()
				go func() { _ = c.reader.Serve(there) }()
				var got []string
				began := time.Now()
				err := llrp.Read(t.Context(), here, llrp.Options{}, func(tag llrp.Tag) { got = append(got, hex.EncodeToString(tag.EPC)) })
				if !slices.Equal(got, c.want) {
					t.Errorf("%v, want %v", got, c.want)
				}
				if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
					t.Errorf("%v, want %q", err, c.err)
				}
				if took := time.Since(began); took != c.takes {
					t.Errorf("it took %s, want %s", took, c.takes)
				}
				_ = here.Close()
			})
		})
	}
}

func TestAReaderThatNeverEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here, _ := net.Pipe()
		began := time.Now()
		err := llrp.Read(t.Context(), here, llrp.Options{}, func(llrp.Tag) {})
		if !errors.Is(err, llrp.ErrSilent) || time.Since(began) != 5*time.Second {
			t.Errorf("%v after %s", err, time.Since(began))
		}
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
		defer stop()
		here, there := net.Pipe()
		go func() { _ = sim.TagReader{EPCs: tags}.Serve(there) }()
		began := time.Now()
		err := llrp.Read(ctx, here, llrp.Options{Quiet: time.Hour, Most: time.Hour}, func(llrp.Tag) {})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != 2*time.Second {
			t.Errorf("%v after %s", err, time.Since(began))
		}
		_ = here.Close()
	})
	synctest.Test(t, func(t *testing.T) { // new tags all the time, as where a lorry passes
		here, there := net.Pipe()
		many := make([]string, 3000)
		for i := range many {
			many[i] = fmt.Sprintf("%024x", i+1)
		}
		go func() { _ = sim.TagReader{EPCs: many}.Serve(slow{there}) }()
		n := 0
		err := llrp.Read(t.Context(), here, llrp.Options{Most: time.Minute}, func(llrp.Tag) { n++ })
		if err != nil || n < 50 || n > 70 {
			t.Errorf("%d tags in a minute, %v", n, err)
		}
		_ = here.Close()
	})
}

// slow sends a message a second.
type slow struct{ net.Conn }

func (s slow) Write(b []byte) (int, error) {
	time.Sleep(time.Second)
	return s.Conn.Write(b)
}
