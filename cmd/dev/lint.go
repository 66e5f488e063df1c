package main

import (
	"context"
	"fmt"
	"os"
	"strings"
)

// The tools are pinned: a new release must not turn a finished change red.
const (
	gofumpt     = "mvdan.cc/gofumpt@v0.12.0"
	staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"
)

// headless are the settings under which every package builds without C and
// without a display: the window toolkit then leaves its OpenGL driver out.
func headless() []string { return []string{"CGO_ENABLED=0"} }

// lint looks at the code without running it.
func (d *dev) lint(ctx context.Context) error {
	return d.steps(ctx, d.lintSteps())
}

func (d *dev) lintSteps() []step {
	return []step{d.formatStep(), {name: "staticcheck", do: func(ctx context.Context) error {
		return d.sys.run(ctx, d.staticcheck())
	}}}
}

func (d *dev) formatStep() step {
	return step{name: "gofumpt", do: func(ctx context.Context) error {
		return d.formatted(ctx, command{name: "go", args: []string{"run", gofumpt, "-l"}})
	}}
}

func (d *dev) staticcheck() command {
	return command{name: "go", args: append([]string{"run", staticcheck, "-tags", "ci"}, d.packages...), env: headless()}
}

// formatted runs a formatter that lists the files it would change. It looks at
// the project's folders only, never at what else lies in the working copy.
func (d *dev) formatted(ctx context.Context, c command) error {
	for _, dir := range []string{"assets", "cmd", "devices", "labels", "station"} {
		if _, err := os.Stat(dir); err == nil {
			c.args = append(c.args, dir)
		}
	}
	list, err := d.sys.output(ctx, c)
	if err != nil {
		return err
	}
	if files := strings.Fields(list); len(files) > 0 {
		d.say("%s", strings.Join(files, "\n"))
		return fmt.Errorf("files to format: %d (%s)", len(files), strings.Replace(c.String(), " -l ", " -w ", 1))
	}
	return nil
}
