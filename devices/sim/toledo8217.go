package sim

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// toledo8217 speaks Toledo 8217: W, H, Z, T, C, the self test A and B, and the
// echo test E to F. A scale in oz shows pounds and ounces, one in g the six
// digits of a Brecknell.
type toledo8217 struct {
	pan
	echo   bool
	tested bool   // A has come: B asks for the result
	tares  bool   // after T, up to CR
	digits []byte // of a tare that is keyed in
}

func newToledo8217(opts ScaleOptions) voice { return &toledo8217{pan: pan{opts: opts}} }

func (v *toledo8217) tick(load, time.Time) []byte { return nil }

func (v *toledo8217) hear(data []byte, now load, _ time.Time) []byte {
	var reply strings.Builder
	for _, b := range data {
		reply.WriteString(v.command(b&0x7F, now))
	}
	return even7([]byte(reply.String()))
}

func (v *toledo8217) command(b byte, now load) string {
	tested := v.tested
	v.tested = false
	switch {
	case v.echo:
		v.echo = b != 'F'
		if !v.echo {
			return ""
		}
		return string(b)
	case v.tares:
		return v.takeTare(b, now)
	}
	switch b {
	case 'W':
		return v.weight(now, "")
	case 'H':
		return v.weight(now, "0")
	case 'Z':
		v.setZero(now)
	case 'T':
		v.tares, v.digits = true, nil
		return ""
	case 'C':
		v.tare = 0
	case 'A':
		v.tested = true
		return "\x02\r"
	case 'B':
		if tested {
			return "\x02?@\r"
		}
	case 'E':
		v.echo = true
		return "\x02E\r"
	case '\r', '\n':
		return ""
	}
	return v.status(now)
}

// takeTare reads what follows T: CR, or five digits and CR.
func (v *toledo8217) takeTare(b byte, now load) string {
	if b >= '0' && b <= '9' && len(v.digits) < 5 {
		v.digits = append(v.digits, b)
		return ""
	}
	v.tares = false
	switch {
	case b == '\r' && len(v.digits) == 0:
		v.setTare(now)
	case b == '\r' && len(v.digits) == 5:
		n, _ := strconv.ParseInt(string(v.digits), 10, 64)
		v.tare = v.opts.mass(n / v.opts.lastDigit())
	}
	return v.status(now)
}

// weight answers W: the weight, or the status where there is none.
func (v *toledo8217) weight(now load, more string) string {
	text, negative := v.show(v.net(now))
	if !v.rests(now) || negative {
		return v.status(now)
	}
	net := ""
	if v.tare != 0 {
		net = "N"
	}
	whole, tenths, point := strings.Cut(text, ".")
	switch {
	case v.opts.Unit == "oz":
		ounces, _ := strconv.Atoi(whole)
		return fmt.Sprintf("\x02%03d lb %02d.%s oz\r", ounces/16, ounces%16, tenths)
	case !point:
		return "\x02" + zeros(whole, 6) + net + "\r"
	}
	return "\x02" + zeros(whole, 2) + "." + tenths + more + net + "\r"
}

// status is what the scale says in place of a weight.
func (v *toledo8217) status(now load) string {
	status := byte(0x40)
	for bit, on := range []bool{
		!now.steady, now.over, now.under || v.below(now), !v.nearZero(now), v.atZero(now) && !now.over && !now.under, v.tare != 0,
	} {
		if on {
			status |= 1 << bit
		}
	}
	return "\x02?" + string(status) + "\r"
}

func (v *toledo8217) below(now load) bool {
	_, negative := v.show(v.net(now))
	return negative
}
