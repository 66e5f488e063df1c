package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/devices"
	"packbench/devices/scale"
	"packbench/station/trace"
	"packbench/station/unit"
)

// runDecode tells what bytes mean. It needs no data folder; where there is one
// it is asked too.
func runDecode(ctx context.Context, f *flags) (err error) {
	protocol := f.String("protocol", "", "of the scale")
	units := f.String("unit", "kg", "of a scale that sends none: kg or lb")
	rest, err := f.read()
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return usagef("say what to decode: barcode, scale or tracking")
	}
	what, rest := rest[0], rest[1:]
	if what == "scale" {
		if len(rest) > 0 {
			return usagef("unknown argument %q: the bytes come on standard input, in hex", rest[0])
		}
		return f.decodeScale(*protocol, *units)
	}
	if !slices.Contains([]string{"barcode", "tracking"}, what) {
		return usagef("%q cannot be decoded; these can: barcode, scale, tracking", what)
	}
	d, err := f.openIfThere(ctx)
	if err != nil {
		return err
	}
	if d != nil {
		defer func() { err = errors.Join(err, d.Close()) }()
	}
	answer := barcodes{f, d}.answer
	if what == "tracking" {
		formats := trace.Sample()
		if d != nil {
			if formats, err = d.TrackingFormats(ctx); err != nil {
				return err
			}
		}
		answer = func(_ context.Context, number string, _ bool) error {
			return f.decodeTracking(formats, number)
		}
	}
	for _, code := range rest {
		if err := answer(ctx, code, false); err != nil {
			return err
		}
	}
	if len(rest) > 0 {
		return nil
	}
	return eachLine(f.in, func(_ int, line string, tooLong bool) error { return answer(ctx, line, tooLong) })
}

// openIfThere opens the data folder, nil where there is none. One that nobody
// named and that cannot be opened is none: decoding does not need it.
func (f *flags) openIfThere(ctx context.Context) (*folder.Folder, error) {
	if !folder.Exists(f.data) {
		return nil, nil
	}
	d, err := folder.Open(ctx, f.data, folder.Options{Clock: f.clock})
	if err != nil && os.Getenv(folder.DefaultVar) == "" && !f.given("data") {
		return nil, nil
	}
	return d, err
}

// given reports whether a flag was written.
func (f *flags) given(name string) (found bool) {
	f.Visit(func(g *flag.Flag) { found = found || g.Name == name })
	return found
}

// eachLine hands lines over one by one; each is answered before the next is
// read.
func eachLine(in io.Reader, do func(n int, line string, tooLong bool) error) error {
	r := bufio.NewReaderSize(in, 64<<10)
	for n := 1; ; n++ {
		line, tooLong, err := readLine(r)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err != nil && line == "" && !tooLong {
			return nil
		}
		if err := do(n, line, tooLong); err != nil {
			return err
		}
	}
}

// fit is a kind of number that a tracking number may be.
type fit struct {
	Carrier string `json:"carrier"`
	Format  string `json:"format"`
}

func (f *flags) decodeTracking(formats trace.Formats, number string) error {
	fits, names := []fit{}, []string(nil)
	for _, x := range trace.Recognise(formats, number) {
		fits, names = append(fits, fit(x)), append(names, x.Carrier+" ("+x.Format+")")
	}
	object := struct {
		Number string `json:"number"`
		Fits   []fit  `json:"fits"`
	}{number, fits}
	return f.print(object, "%s fits %s", number, cmp.Or(strings.Join(names, ", "), "no carrier"))
}

// scaleLine is one reading of a scale as it is printed.
type scaleLine struct {
	State  devices.ReadingState `json:"state"`
	Mass   *unit.Mass           `json:"mass_mg,omitempty"`
	Unit   string               `json:"unit"`
	Stable bool                 `json:"stable"`
	Net    bool                 `json:"net"`
	Raw    string               `json:"raw"`
}

// decodeScale reads hex lines, each of them one read of the port.
func (f *flags) decodeScale(protocol, units string) error {
	if protocol == "" {
		return usagef("name the scale's protocol with --protocol")
	}
	if units != "kg" && units != "lb" {
		return usagef("--unit is kg or lb, not %q", units)
	}
	p, err := scale.Find(protocol)
	if err != nil {
		return usagef("%v", err)
	}
	decoder := p.New(scale.Profile{Unit: units})
	var bad error // the first line that was no hex; the ones after it still count
	err = eachLine(f.in, func(n int, line string, tooLong bool) error {
		data, err := hex.DecodeString(strings.Join(strings.Fields(line), ""))
		if err != nil || tooLong {
			if bad == nil {
				bad = fmt.Errorf("line %d is not hex: write each byte as two digits, such as 53 20 53", n)
			}
			return nil
		}
		readings, _ := decoder.Feed(data)
		for _, r := range readings {
			if err := f.printReading(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return bad
}

func (f *flags) printReading(r devices.Reading) error {
	o := scaleLine{State: r.State, Unit: r.Unit, Stable: r.Stable, Net: r.Net, Raw: hex.EncodeToString(r.Raw)}
	words := o.State.String()
	if r.HasMass {
		o.Mass = &r.Mass
		words += " " + r.Mass.String()
	}
	if r.Net {
		words += " net"
	}
	return f.print(o, "%s  %q", words, r.Raw)
}
