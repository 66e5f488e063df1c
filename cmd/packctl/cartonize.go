package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"packbench/station/carton"
)

// mostProblem bounds one line of packing problems.
const mostProblem = 16 << 20

// badProblem is what a line that is no problem is answered with.
type badProblem struct {
	ID   json.RawMessage `json:"id,omitempty"`
	Line int             `json:"line"`
	Err  string          `json:"error"`
}

// runCartonize packs: a problem a line in, its solution out before the next is read.
// A line that is no problem is answered with what is wrong with it.
func runCartonize(ctx context.Context, f *flags) error {
	if err := f.readAlone(); err != nil {
		return err
	}
	in, out := bufio.NewReaderSize(f.in, 64<<10), bufio.NewWriterSize(f.out, 64<<10)
	for n := 1; ctx.Err() == nil; n++ {
		line, long, err := problemLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		over := err != nil
		if line = bytes.TrimSpace(line); len(line) > 0 {
			answer, err := cartonized(ctx, n, line, long)
			if err != nil {
				return err
			}
			if _, err := out.Write(append(answer, '\n')); err != nil {
				return err
			}
			if err := out.Flush(); err != nil {
				return err
			}
		}
		if over {
			return nil
		}
	}
	return ctx.Err()
}

// problemLine reads a line; of one that is too long, its beginning.
func problemLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line) <= mostProblem {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, len(line) > mostProblem, err
		}
	}
}

func cartonized(ctx context.Context, n int, line []byte, long bool) ([]byte, error) {
	if long {
		return json.Marshal(badProblem{Line: n, Err: fmt.Sprintf("longer than %d bytes", mostProblem)})
	}
	start := time.Now()
	p, ceiling, err := carton.ReadProblem(line)
	if err != nil {
		bad := badProblem{Line: n, Err: err.Error()}
		var named struct {
			ID json.RawMessage `json:"id"`
		}
		if json.Unmarshal(line, &named) == nil {
			bad.ID = named.ID
		}
		return json.Marshal(bad)
	}
	stop := func() bool { return ctx.Err() != nil || ceiling > 0 && time.Since(start) >= ceiling }
	return carton.WriteSolution(p, carton.Solve(p, stop), time.Since(start))
}
