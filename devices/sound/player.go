package sound

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// Player plays sounds one after the other. Where the machine cannot play it is
// silent, which is no error.
type Player struct {
	play func(ctx context.Context, s Sound) error
	next chan Sound
}

// NewPlayer gives a player that uses what the machine has: pw-play, paplay or
// aplay on Linux, afplay on macOS, PowerShell on Windows.
func NewPlayer() *Player {
	if command := find(exec.LookPath, runtime.GOOS); command != nil {
		return newPlayer(program(command))
	}
	return newPlayer(nil)
}

func newPlayer(play func(context.Context, Sound) error) *Player {
	return &Player{play: play, next: make(chan Sound, 1)}
}

// Silent says that this machine has nothing to play with.
func (p *Player) Silent() bool { return p.play == nil }

// Play asks for a sound and returns at once. A sound that is still waiting
// gives way to the newer one: late sounds would tell of the wrong scan.
func (p *Player) Play(s Sound) {
	for {
		select {
		case p.next <- s:
			return
		default:
		}
		select {
		case <-p.next:
		default:
		}
	}
}

// Run plays what is asked for until the context ends. A sound that comes while
// another one is being played cuts that one short.
func (p *Player) Run(ctx context.Context) error {
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

// one plays one sound and gives the one that cut it short, if any.
func (p *Player) one(ctx context.Context, s Sound) Sound {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		p.play(ctx, s) // no sound card is no fault of the bench
	}()
	next := None
	select {
	case <-ended:
	case next = <-p.next:
	}
	cancel()
	<-ended
	return next
}

// find gives the command that plays a file, which comes as its last argument.
func find(look func(string) (string, error), system string) []string {
	var candidates [][]string
	switch system {
	case "windows":
		candidates = [][]string{{"powershell", "-NoProfile", "-Command", "(New-Object Media.SoundPlayer $args[0]).PlaySync()"}}
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

// program plays by a command. The files are written when first needed.
func program(command []string) func(context.Context, Sound) error {
	files := map[Sound]string{}
	return func(ctx context.Context, s Sound) error {
		file, ok := files[s]
		if !ok {
			dir, err := os.MkdirTemp("", "packbench-sound-")
			if err != nil {
				return err
			}
			file = filepath.Join(dir, s.String()+".wav")
			if err := os.WriteFile(file, s.WAV(), 0o600); err != nil {
				return err
			}
			files[s] = file
		}
		args := append(command[1:len(command):len(command)], file)
		if filepath.Base(command[0]) == "powershell.exe" || filepath.Base(command[0]) == "powershell" {
			args = append(args[:len(args)-2:len(args)-2], "& {"+args[len(args)-2]+"} '"+file+"'")
		}
		return exec.CommandContext(ctx, command[0], args...).Run()
	}
}
