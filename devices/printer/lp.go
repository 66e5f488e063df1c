package printer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"packbench/station/trouble"
)

// lpWithin is how long lp may take to hand a job over. Like post, it may be the
// print service that hangs.
const lpWithin = answerWithin

// byCommand prints by lp, which can say that the queue has the job, no more.
func (c *CUPS) byCommand(ctx context.Context, job Job) (Result, error) {
	fail := func(r Result, err error) (Result, error) { return r, fmt.Errorf("print %s: %w", job.Name, err) }
	lp, err := exec.LookPath("lp")
	if err != nil {
		return fail(saying(Rejected, trouble.ServiceDown), err)
	}
	sweepHanded(time.Now())
	f, err := os.CreateTemp("", handed+"*.pdf")
	if err != nil {
		return fail(saying(Rejected, trouble.NotWritten, reason(err)), err)
	}
	defer os.Remove(f.Name())
	document, raw := job.PDF, false
	if len(document) == 0 {
		document, raw = job.ZPL, true
	}
	_, err = f.Write(document)
	if err := errors.Join(err, f.Close()); err != nil {
		return fail(saying(Rejected, trouble.NotWritten, reason(err)), err)
	}
	args := []string{"-d", c.queue, "-n", strconv.Itoa(max(job.Copies, 1)), "-o", "print-scaling=none", "-t", job.Name}
	if raw {
		args = append(args, "-o", "raw")
	} else if job.Media != "" {
		args = append(args, "-o", "media="+job.Media)
	}
	ctx, cancel := context.WithTimeout(ctx, c.lpWithin)
	defer cancel()
	command := exec.CommandContext(ctx, lp, append(args, "--", f.Name())...)
	command.WaitDelay = time.Second // for what lp itself may have started
	command.Env = append(os.Environ(), "LC_ALL=C")
	if c.server != "" {
		command.Env = append(command.Env, "CUPS_SERVER="+c.server)
	}
	out, err := command.CombinedOutput()
	text := strings.TrimSpace(string(out))
	switch {
	case ctx.Err() != nil:
		return Told(Unknown), nil // lp was cut short: it may have handed the job over
	case err != nil && text == "":
		return fail(saying(Rejected, trouble.ServiceDown), err)
	case err != nil:
		return fail(refused(errors.New(strings.TrimPrefix(text, "lp: "))), err)
	}
	r := Told(Sent)
	if _, rest, ok := strings.Cut(text, "request id is "); ok {
		r.Ref, _, _ = strings.Cut(rest, " ")
	}
	return r, nil
}

// handed begins the name of a file that lp is given.
const handed = "packbench-lp-"

// sweepHanded removes what killed programs left of the files for lp, which hold
// buyers' addresses. None is needed for longer than lp may take.
func sweepHanded(now time.Time) {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), handed+"*.pdf")) // the pattern is right
	for _, file := range left {
		if info, err := os.Lstat(file); err == nil && info.Mode().IsRegular() && now.Sub(info.ModTime()) > max(leftBehind, 2*lpWithin) {
			_ = os.Remove(file) // not that of somebody else
		}
	}
}
