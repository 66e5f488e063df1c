package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// figure is one ratio that a benchmark reported. A benchmark reports the
// metrics "ratio" and "bound"; one with several ratios names them in pairs, as
// "p99-ratio" and "p99-bound". A ratio over its bound fails; so does one
// without a bound, which could not fail at all.
type figure struct {
	name  string
	took  time.Duration // one operation
	ratio float64
	bound float64 // 0: none was given
	other string  // what else it counted, with the first of its ratios
}

func (f figure) within() bool { return f.bound > 0 && f.ratio <= f.bound }

// bench runs all benchmarks and ends with a table of their ratios.
func (d *dev) bench(ctx context.Context) error {
	packages, err := d.benchmarked(ctx)
	if err != nil {
		return err
	}
	var printed bytes.Buffer
	var failed error
	for _, pkg := range packages {
		if err := d.benchPackage(ctx, pkg, &printed); err != nil {
			d.say("%s: %v", pkg, err)
			failed = errors.New("a benchmark failed")
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	figures := parseFigures(printed.String())
	if len(figures) == 0 && failed == nil {
		return errors.New("no benchmark here reports a ratio")
	}
	d.say("\n%s", tableOf(figures))
	for _, f := range figures {
		if !f.within() && failed == nil {
			failed = errors.New("a ratio is over its bound")
		}
	}
	return failed
}

// benchPackage runs the benchmarks of one package: alone, so that nothing else
// is measured with them.
func (d *dev) benchPackage(ctx context.Context, pkg string, printed io.Writer) error {
	tags, env := "ci", append(d.locale(false), headless()...)
	if pkg == windowProgram {
		if _, err := d.buildDesktop(ctx); err != nil {
			return err
		}
		windowed, closeScreen, err := d.windowEnv(ctx)
		if err != nil {
			return err
		}
		defer closeScreen()
		tags, env = desktop, windowed
	}
	return d.sys.run(ctx, command{
		name: "go", args: []string{"test", "-tags", tags, "-run=^$", "-bench=.", "-timeout=60m", pkg},
		env: env, out: io.MultiWriter(d.out, printed),
	})
}

// benchmarked lists the packages that have benchmarks.
func (d *dev) benchmarked(ctx context.Context) ([]string, error) {
	list, err := d.list(ctx, `{{join .TestGoFiles " "}} {{join .XTestGoFiles " "}}`, d.packages)
	if err != nil {
		return nil, err
	}
	var found []string
	for _, p := range list {
		for _, file := range strings.Fields(p.files) {
			text, err := os.ReadFile(filepath.Join(p.dir, file))
			if err != nil {
				return nil, err
			}
			if bytes.Contains(text, []byte("\nfunc Benchmark")) {
				found = append(found, p.name)
				break
			}
		}
	}
	return found, nil
}

// parseFigures reads what go test -bench prints.
//
//	Format:  Benchmark<name>-<processors> <runs> {<value> <unit>}
//	Example: BenchmarkScan-2   5000   204813 ns/op   1.2 ratio   1.5 bound
func parseFigures(text string) []figure {
	var figures []figure
	pkg := ""
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 2 && fields[0] == "pkg:" {
			pkg = strings.TrimPrefix(fields[1], "packbench/")
		}
		if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
			continue
		}
		metrics := map[string]float64{}
		var ratios, others []string
		for i := 2; i+1 < len(fields); i += 2 {
			value, err := strconv.ParseFloat(fields[i], 64)
			if err != nil {
				break
			}
			metrics[fields[i+1]] = value
			switch unit := fields[i+1]; {
			case strings.HasSuffix(unit, "ratio"):
				ratios = append(ratios, strings.TrimSuffix(unit, "ratio"))
			case unit != "ns/op" && !strings.HasSuffix(unit, "bound"):
				others = append(others, fields[i]+" "+unit)
			}
		}
		name := strings.TrimPrefix(fields[0], "Benchmark")
		if cut := strings.LastIndex(name, "-"); cut > 0 {
			name = name[:cut] // the number of processors
		}
		for i, prefix := range ratios {
			if i > 0 {
				others = nil
			}
			figures = append(figures, figure{
				name:  strings.TrimSpace(pkg + " " + name + " " + strings.TrimSuffix(prefix, "-")),
				took:  time.Duration(metrics["ns/op"]),
				ratio: metrics[prefix+"ratio"],
				bound: metrics[prefix+"bound"],
				other: strings.Join(others, ", "),
			})
		}
	}
	return figures
}

func tableOf(figures []figure) string {
	var rows columns
	rows.add("benchmark", "one takes", "ratio", "bound", "result", "counted")
	for _, f := range figures {
		bound, verdict := fmt.Sprintf("%.2f", f.bound), "ok"
		switch {
		case f.bound == 0:
			bound, verdict = "none", "NO BOUND"
		case !f.within():
			verdict = "OVER"
		}
		rows.add(f.name, f.took, fmt.Sprintf("%.2f", f.ratio), bound, verdict, f.other)
	}
	return rows.String()
}
