package doctor

import (
	"bytes"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"packbench/station/config"
)

// A scale at an address is found as one on a line is, by what it sends or by
// what it answers, and the doctor says whether it is there.
func TestAScaleOnTheNetworkIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		speak       func(net.Conn)
		found, poll string
	}{
		"it answers": {func(c net.Conn) {
			in := make([]byte, 100)
			for {
				n, err := c.Read(in)
				if err != nil {
					return
				}
				if bytes.Contains(in[:n], []byte("I4\r\n")) {
					io.WriteString(c, "I4 A \"1234567\"\r\n")
				}
			}
		}, "sics", "ask"},
		"it sends": {func(c net.Conn) {
			for {
				if _, err := io.WriteString(c, "\x02+0012343\x31\x3c\x03"); err != nil {
					return
				}
				time.Sleep(20 * time.Millisecond)
			}
		}, "yaohua-a9", "stream"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			go func() {
				for {
					conn, err := l.Accept()
					if err != nil {
						return
					}
					go c.speak(conn)
				}
			}()
			all := config.Default()
			all.Scale.Kind, all.Scale.Port = "serial", l.Addr().String()
			found, err := FindScale(t.Context(), all.Scale, func(int, int, string) {})
			if err != nil {
				t.Fatal(err)
			}
			if !found.Found || found.Scale.Protocol != c.found || found.Scale.Poll != c.poll || found.Scale.Baud != all.Scale.Baud || strings.Contains(found.Words, "baud") {
				t.Errorf("found %+v", found)
			}
			all.Scale = found.Scale
			if err := all.Validate(); err != nil {
				t.Error(err)
			}
			if here := checkPort(portsOf(all)[len(portsOf(all))-1]); !here.OK || !strings.Contains(here.Message, all.Scale.Port) {
				t.Errorf("the doctor says %+v", here)
			}
			l.Close()
			if gone := checkPort(portsOf(all)[len(portsOf(all))-1]); gone.OK || !strings.Contains(gone.Message, "accepts no connection") || gone.Fix == "" {
				t.Errorf("the doctor says %+v", gone)
			}
		})
	}
}
