package main

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"
)

// inFront is what a window says once it is in front of the others.
const inFront = "in front\n"

// raiseFor is how long a second start waits for the first one's window.
const raiseFor = 5 * time.Second

// doorOf is the socket at which the window of a bench is asked to come to the front. It
// is no part of the data folder, whose name may be too long for one, and which may lie
// on a disk that has none.
func doorOf(data, station string) (string, error) {
	data, err := filepath.Abs(data)
	if err == nil {
		data, err = filepath.EvalSymlinks(data)
	}
	sum := sha256.Sum256([]byte(data + "\x00" + station))
	return filepath.Join(cmp.Or(os.Getenv("XDG_RUNTIME_DIR"), os.TempDir()), fmt.Sprintf("packbench-%x.sock", sum[:10])), err
}

// answer raises the window for each that asks at the door, until ctx ends. It is called
// by the one process that holds the lock of the bench: a door that is there already is
// one that another left behind.
func answer(ctx context.Context, door string, raise func()) error {
	if err := os.Remove(door); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	l, err := net.Listen("unix", door)
	if err != nil {
		return err
	}
	if err := os.Chmod(door, 0o600); err != nil {
		return errors.Join(err, l.Close())
	}
	context.AfterFunc(ctx, func() { _ = l.Close() })
	for {
		c, err := l.Accept()
		if err != nil {
			return ctx.Err()
		}
		raise()
		_ = c.SetDeadline(time.Now().Add(raiseFor))
		_, _ = c.Write([]byte(inFront)) // who no longer waits need not know
		_ = c.Close()
	}
}

// askToFront asks the window behind a door to come to the front, and reports whether it
// did.
func askToFront(door string) bool {
	c, err := net.DialTimeout("unix", door, raiseFor)
	if err != nil {
		return false
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(raiseFor))
	said, err := bufio.NewReader(c).ReadString('\n')
	return err == nil && said == inFront
}
