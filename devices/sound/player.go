package sound

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Player plays sounds one after the other. Where the machine cannot play it is
// silent, which is no error.
type Player struct {
	play  func(ctx context.Context, s Sound) error
	clean func() // removes what playing left
	next  chan Sound
}

// NewPlayer returns a player that uses what the machine has: pw-play, paplay or
// aplay on Linux, afplay on macOS, PowerShell on Windows. The volume is per cent of the
// loudest.
func NewPlayer(volume int) *Player {
	if command := find(exec.LookPath, runtime.GOOS); command != nil {
		play, clean := program(command, runtime.GOOS, volume)
		p := newPlayer(play)
		p.clean = clean
		return p
	}
	return newPlayer(nil)
}

func newPlayer(play func(context.Context, Sound) error) *Player {
	return &Player{play: play, clean: func() {}, next: make(chan Sound, 1)}
}

// Play asks for a sound and returns at once. A sound that still waits or plays
// gives way to the newer one: late sounds would tell of the wrong scan. Only
// Accepted never takes the place of another, or the next good scan would hide
// the refusal before it.
func (p *Player) Play(s Sound) {
	for {
		select {
		case p.next <- s:
			return
		default:
		}
		select {
		case waiting := <-p.next:
			s = newer(waiting, s)
		default:
		}
	}
}

// newer is the sound to play when two compete.
func newer(old, s Sound) Sound {
	if s == Accepted && old != None {
		return old
	}
	return s
}

// Run plays what is asked for until the context ends. A sound that comes while
// another one is being played cuts that one short.
func (p *Player) Run(ctx context.Context) error {
	defer p.clean()
	for {
		var s Sound
		select {
		case <-ctx.Done():
			return nil
		case s = <-p.next:
		}
		for s != None && p.play != nil {
			s = p.one(ctx, s)
		}
	}
}

// one plays one sound and returns the one that cut it short, if any.
func (p *Player) one(ctx context.Context, s Sound) Sound {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		p.play(ctx, s) // no sound card is no fault of the bench
	}()
	defer func() {
		cancel()
		<-ended
	}()
	for {
		select {
		case <-ended:
			return None
		case next := <-p.next:
			if s == Accepted || newer(s, next) == next {
				return next
			}
		}
	}
}

// find returns the command that plays a file; on Windows what it is to do with the
// file is added later.
func find(look func(string) (string, error), system string) []string {
	var candidates [][]string
	switch system {
	case "windows":
		candidates = [][]string{{"powershell", "-NoProfile", "-Command"}}
	case "darwin":
		candidates = [][]string{{"afplay"}}
	default:
		candidates = [][]string{{"pw-play"}, {"paplay"}, {"aplay", "-q"}}
	}
	for _, c := range candidates {
		if path, err := look(c[0]); err == nil {
			return append([]string{path}, c[1:]...)
		}
	}
	return nil
}

// program plays by a command. The files are written when first needed, and
// clean removes them.
func program(command []string, system string, volume int) (play func(context.Context, Sound) error, clean func()) {
	dir := ""
	play = func(ctx context.Context, s Sound) (err error) {
		if dir == "" {
			if dir, err = os.MkdirTemp("", "packbench-sound-"); err != nil {
				return err
			}
		}
		file := filepath.Join(dir, s.String()+".wav")
		if _, err := os.Stat(file); err != nil {
			if err := os.WriteFile(file, s.At(volume), 0o600); err != nil {
				return err
			}
		}
		last := file
		if system == "windows" {
			last = "(New-Object Media.SoundPlayer '" + strings.ReplaceAll(file, "'", "''") + "').PlaySync()"
		}
		args := append(command[1:len(command):len(command)], last)
		return exec.CommandContext(ctx, command[0], args...).Run()
	}
	return play, func() {
		if dir != "" {
			os.RemoveAll(dir)
		}
	}
}
