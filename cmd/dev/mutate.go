package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// draw is what mutate was asked for: the tests of each package must notice a
// share, in percent, of n mutants drawn by a seed. What the package's own tests
// let live is shown to the tests of the packages in with, separated by commas.
type draw struct {
	n, share int
	seed     uint64
	with     string
}

// ruled are the packages whose mistakes cost most: rules, codes, money, and what
// devices say.
var ruled = []string{
	"./station/pack", "./station/gs1", "./station/weight", "./station/carrier", "./station/trace",
	"./station/shift", "./station/intake", "./devices/scale", "./devices/scanner",
}

// mutate breaks the packages in many small ways, one at a time, and counts how
// often their tests notice. The source files stay as they are: go test reads the
// changed one through an overlay. Mutants that do not compile do not count, nor
// do those that are judged equivalent: no test could notice them.
func (d *dev) mutate(ctx context.Context) error {
	judged, err := parseJudged(judgedText)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var with []goPackage
	if d.draw.with != "" {
		if with, err = d.list(ctx, goFiles, strings.Split(d.draw.with, ",")); err != nil {
			return err
		}
	}
	packages, err := d.list(ctx, goFiles, d.packages)
	if err != nil {
		return err
	}
	var rows columns
	rows.add("package", "mutants", "killed", "share", "judged")
	var under []string
	for _, p := range packages {
		t := trial{dir: dir, of: p, judged: judged}
		if err := d.try(ctx, &t, with); err != nil {
			return err
		}
		rows.add(p.name, t.drawn, t.killed, fmt.Sprint(t.share(), "%"), t.excused)
		if t.share() < d.draw.share {
			under = append(under, p.name)
		}
	}
	d.say("\nseed %d, %d mutants a package\n%s", d.draw.seed, d.draw.n, rows)
	if len(under) > 0 {
		return fmt.Errorf("under %d%%: %s", d.draw.share, strings.Join(under, ", "))
	}
	return nil
}

// goFiles are the files that make a package up, as list asks for them.
const goFiles = `{{join .GoFiles " "}}`

// trial is the mutants of one package and what became of them.
type trial struct {
	dir                    string // for changed files
	of                     goPackage
	judged                 map[string]string
	drawn, killed, excused int
}

// share is the part of the mutants that was killed, in percent rounded down.
func (t *trial) share() int {
	if t.drawn == 0 {
		return 100
	}
	return 100 * t.killed / t.drawn
}

// try draws mutants of a package and runs tests on each.
func (d *dev) try(ctx context.Context, t *trial, with []goPackage) error {
	testers := append([]goPackage{t.of}, with...)
	for i := range testers {
		if err := d.measure(ctx, &testers[i]); err != nil {
			return err
		}
	}
	mutants, err := mutantsIn(t.of)
	if err != nil {
		return err
	}
	d.saysWhatIsGone(t, mutants)
	rng := rand.New(rand.NewPCG(d.draw.seed, 0))
	rng.Shuffle(len(mutants), func(i, j int) { mutants[i], mutants[j] = mutants[j], mutants[i] })
	for _, m := range mutants {
		if t.drawn == d.draw.n {
			break
		}
		if reason, ok := t.judged[m.String()]; ok {
			t.excused++
			d.say("judged    %s\n%s", m.at(), reason)
			continue
		}
		overlay, err := m.overlay(t.dir)
		if err != nil {
			return err
		}
		compiles, killed := true, false
		for i := 0; i < len(testers) && !killed; i++ {
			if compiles, killed = d.notices(ctx, testers[i], overlay); ctx.Err() != nil {
				return ctx.Err()
			}
		}
		switch {
		case !compiles:
			continue
		case killed:
			t.killed++
		default:
			d.say("survived  %s", m.at())
		}
		t.drawn++
	}
	return nil
}

// mutantsIn lists all mutants of a package.
func mutantsIn(p goPackage) ([]mutant, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	var all []mutant
	for _, name := range strings.Fields(p.files) {
		path := filepath.Join(p.dir, name)
		source, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		short, err := filepath.Rel(root, path)
		if err != nil {
			return nil, err
		}
		of, err := mutantsOf(filepath.ToSlash(short), source)
		if err != nil {
			return nil, err
		}
		all = append(all, of...)
	}
	return all, nil
}

// overlay writes the changed file and returns the path of what tells go of it.
func (m mutant) overlay(dir string) (string, error) {
	path, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	changed, overlay := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(changed, m.applied(), 0o600); err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{path: changed}})
	if err != nil {
		return "", err
	}
	return overlay, os.WriteFile(overlay, text, 0o600)
}

// measure runs the tests of a package as it is. They must be green, and how long
// they take says when a mutant must be in an endless loop.
func (d *dev) measure(ctx context.Context, p *goPackage) error {
	out, err := d.sys.output(ctx, d.testing(*p, time.Hour, "-count=1"))
	if err != nil {
		return fmt.Errorf("%s\n%s", err, out)
	}
	heard := hearer{to: io.Discard}
	if _, err := heard.Write([]byte(out)); err != nil {
		return err
	}
	p.timeout = 10 * time.Second
	for _, t := range heard.took {
		p.timeout += 5 * t.time
	}
	return nil
}

// notices reports whether a mutant compiles and whether the tests of a package
// fail on it.
func (d *dev) notices(ctx context.Context, p goPackage, overlay string) (compiles, fails bool) {
	out, err := d.sys.output(ctx, d.testing(p, p.timeout, "-failfast", "-overlay", overlay))
	if strings.Contains(out, "[build failed]") {
		return false, false
	}
	return true, err != nil
}

// testing is a run of the tests of a package. On Linux a mutant cannot eat all
// of the memory before its time is over.
func (d *dev) testing(p goPackage, timeout time.Duration, more ...string) command {
	args := slices.Concat([]string{"test", "-tags", "ci", "-short"}, vetted(), []string{"-timeout", timeout.String()}, more)
	if d.goos == "linux" {
		args = append(args, "-exec", `sh -c 'ulimit -v 8000000; exec "$0" "$@"'`)
	}
	return command{name: "go", args: append(args, p.name), env: append(headless(), d.locale(false)...)}
}

// judgedText are the mutants that no test could notice. An entry is a mutant as
// mutate says it but for the line number, then the reason, then an empty line.
//
//go:embed mutate_equivalent.txt
var judgedText string

// parseJudged returns the reason by the mutant.
func parseJudged(text string) (map[string]string, error) {
	judged := map[string]string{}
	for entry := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		lines := strings.SplitN(entry, "\n", 4)
		if len(lines) < 4 || !strings.HasPrefix(lines[1], "- ") || !strings.HasPrefix(lines[2], "+ ") {
			return nil, fmt.Errorf("judged mutants: want four lines or more: %q", entry)
		}
		judged[strings.Join(lines[:3], "\n")] = lines[3]
	}
	return judged, nil
}

// saysWhatIsGone names the judged mutants of a package that its code no longer
// has.
func (d *dev) saysWhatIsGone(t *trial, mutants []mutant) {
	files, there := map[string]bool{}, map[string]bool{}
	for _, m := range mutants {
		files[m.file], there[m.String()] = true, true
	}
	for judged := range t.judged {
		file, _, _ := strings.Cut(judged, " ")
		if files[file] && !there[judged] {
			d.say("no longer there, though judged: %s", judged)
		}
	}
}
