package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// screen is a virtual X screen.
type screen struct {
	display string // value of DISPLAY
	close   func()
}

// openScreen starts Xvfb on a display number that it finds free itself, and
// the window manager where there is one, so that windows get their focus.
func openScreen(ctx context.Context) (screen, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return screen{}, fmt.Errorf("virtual screen: %w", err)
	}
	defer read.Close()
	// 96 dots an inch make the toolkit's scale 1, as pictures and tests expect.
	server := prepare(ctx, command{name: "Xvfb", args: []string{
		"-displayfd", "3", "-screen", "0", "1920x1080x24", "-dpi", "96", "-nolisten", "tcp",
	}})
	server.ExtraFiles = []*os.File{write}
	err = server.Start()
	write.Close()
	if err != nil {
		return screen{}, fmt.Errorf("virtual screen: %w", err)
	}
	number, err := io.ReadAll(read)
	display := ":" + strings.TrimSpace(string(number))
	if err != nil || display == ":" {
		end(server)
		return screen{}, errors.New("virtual screen: Xvfb did not start")
	}
	manager := prepare(ctx, command{name: "openbox", args: []string{"--sm-disable"}, env: []string{"DISPLAY=" + display}})
	if manager.Start() != nil {
		return screen{display: display, close: func() { end(server) }}, nil
	}
	return screen{display: display, close: func() { end(manager); end(server) }}, nil
}

// end ends a program that was started.
func end(cmd *exec.Cmd) {
	terminate(cmd)
	_ = cmd.Wait() // it was told to end; how it ended does not matter
	endGroup(cmd)
}
