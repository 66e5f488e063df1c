package foreign

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
)

const (
	// mostMemory is what the library may use, in pages of 64 kB: a file made to eat
	// memory comes to its end.
	mostMemory = 256 << 20 / (64 << 10)
	mostTime   = 30 * time.Second // for one file
	// idleAfter is how long the library stays in memory after it was last used.
	idleAfter = 2 * time.Minute
)

// engine is the library, as long as somebody uses it. It runs one call at a time, in a
// memory of its own, and sees no file of the computer.
type engine struct {
	turn chan struct{}
	live pdfium.Pdfium // nil: not at work
	pool pdfium.Pool
	made wazero.CompilationCache
	due  bool // leave will be called
	used time.Time
	idle time.Duration
}

var shared = &engine{turn: make(chan struct{}, 1), idle: idleAfter}

// with calls do with the library. Whatever goes wrong in it is an error; an instance
// that was stopped, or broke, is used no more.
func (e *engine) with(ctx context.Context, do func(pdfium.Pdfium) error) (err error) {
	select {
	case e.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-e.turn }()
	if e.live == nil {
		if err := e.start(); err != nil {
			e.close()
			return fmt.Errorf("the library for PDF does not start: %w", err)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, mostTime)
	defer cancel()
	broken := true
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the library for PDF gave up: %v", r)
		}
		if ctx.Err() != nil {
			err = fmt.Errorf("the library for PDF was stopped: %w", ctx.Err())
		}
		if broken || ctx.Err() != nil {
			e.close()
			return
		}
		e.rest()
	}()
	killed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		_ = e.live.Kill()
		close(killed)
	})
	defer func() {
		if !stop() {
			<-killed
		}
	}()
	err = do(e.live)
	broken = false
	return err
}

// start makes the library ready. What that takes is kept in the user's folder for such
// things, so that only the first start of a computer is slow.
func (e *engine) start() (err error) {
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(mostMemory).WithCloseOnContextDone(true)
	if e.made = made(); e.made != nil {
		config = config.WithCompilationCache(e.made)
	}
	e.pool, err = webassembly.Init(webassembly.Config{
		MaxIdle: 1, MaxTotal: 1, FSConfig: wazero.NewFSConfig(), RuntimeConfig: config, Stdout: io.Discard, Stderr: io.Discard,
	})
	if err == nil {
		e.live, err = e.pool.GetInstance(mostTime)
	}
	return err
}

// made is what was made ready before; nil where no folder is for it.
func made() wazero.CompilationCache {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "packbench", "pdf"))
	if err != nil {
		return nil
	}
	return cache
}

// close ends the library, also one that has not started, or was stopped.
func (e *engine) close() {
	if e.pool != nil {
		_ = e.pool.Close()
	}
	if e.made != nil {
		_ = e.made.Close(context.Background())
	}
	e.live, e.pool, e.made = nil, nil, nil
}

// rest has the library end unless it is used again soon.
func (e *engine) rest() {
	e.used = time.Now()
	if !e.due {
		e.due = true
		time.AfterFunc(e.idle, e.leave)
	}
}

// leave ends the library, or comes again where it is being used or was lately.
func (e *engine) leave() {
	select {
	case e.turn <- struct{}{}:
	default:
		time.AfterFunc(e.idle, e.leave)
		return
	}
	defer func() { <-e.turn }()
	if left := e.idle - time.Since(e.used); left > 0 {
		time.AfterFunc(left, e.leave)
		return
	}
	e.due = false
	e.close()
}
