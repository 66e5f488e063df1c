package sound

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var all = []Sound{Accepted, Refused, Done, Look}

func lasts(s Sound) time.Duration {
	var ms int
	for _, n := range s.notes() {
		ms += n.ms
	}
	return time.Duration(ms) * time.Millisecond
}

// rhythm is the number of beats and the length, which no loudspeaker changes.
func rhythm(s Sound) (beats int, length time.Duration) {
	for _, n := range s.notes() {
		if n.hertz > 0 {
			beats++
		}
	}
	return beats, lasts(s)
}

func TestSoundsDifferInRhythm(t *testing.T) {
	for i, a := range all {
		for _, b := range all[i+1:] {
			beatsA, lengthA := rhythm(a)
			beatsB, lengthB := rhythm(b)
			if beatsA == beatsB && (lengthA-lengthB).Abs() < 100*time.Millisecond {
				t.Errorf("%v and %v both have %d beats in about %v", a, b, beatsA, lengthA)
			}
		}
		if lasts(a) > time.Second {
			t.Errorf("%v lasts %v: the next scan comes sooner", a, lasts(a))
		}
	}
}

func TestWAVIsWhole(t *testing.T) {
	for _, s := range append(all, None) {
		w := s.WAV()
		samples := int(lasts(s)*rate/time.Second) * 2
		if string(w[:4]) != "RIFF" || string(w[8:16]) != "WAVEfmt " || int(binary.LittleEndian.Uint32(w[4:])) != len(w)-8 ||
			int(binary.LittleEndian.Uint32(w[40:])) != len(w)-44 {
			t.Errorf("%v: the head of the file is wrong", s)
		}
		if got := len(w) - 44; got < samples-20 || got > samples+20 {
			t.Errorf("%v: %d bytes of sound, want about %d", s, got, samples)
		}
		loudest := 0
		for i := 44; i < len(w); i += 2 {
			loudest = max(loudest, int(int16(binary.LittleEndian.Uint16(w[i:]))))
		}
		if s != None && loudest < 10_000 {
			t.Errorf("%v: loudest sample is %d", s, loudest)
		}
	}
}

func TestLatestSoundWinsAndNobodyWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var played, whole []Sound
		p := newPlayer(func(ctx context.Context, s Sound) error {
			played = append(played, s)
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(lasts(s)):
				whole = append(whole, s)
				return nil
			}
		})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- p.Run(ctx) }()
		synctest.Wait()
		p.Play(Accepted)
		synctest.Wait()
		start := time.Now()
		for range 100 {
			p.Play(Accepted)
		}
		p.Play(Refused)
		p.Play(Accepted) // must not hide the refusal
		synctest.Wait()
		p.Play(Accepted)
		if time.Since(start) != 0 {
			t.Error("Play waits")
		}
		time.Sleep(5 * time.Second)
		cancel()
		<-done
		if last := played[len(played)-1]; last != Refused || !slices.Equal(whole, []Sound{Refused}) {
			t.Errorf("played %v, to the end %v", played, whole)
		}
	})
}

func TestNoSoundCardIsNoError(t *testing.T) {
	p := newPlayer(nil)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- p.Run(ctx) }()
	p.Play(Done)
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestCommandOfEachSystem(t *testing.T) {
	has := func(names ...string) func(string) (string, error) {
		return func(name string) (string, error) {
			if slices.Contains(names, name) {
				return "/bin/" + name, nil
			}
			return "", errors.New("not found")
		}
	}
	for _, c := range []struct {
		system string
		look   func(string) (string, error)
		want   string
	}{
		{"linux", has("aplay", "paplay"), "/bin/paplay"},
		{"linux", has("aplay"), "/bin/aplay -q"},
		{"linux", has(), ""},
		{"darwin", has("afplay"), "/bin/afplay"},
		{"windows", has("powershell"), "/bin/powershell -NoProfile -Command"},
	} {
		if got := strings.Join(find(c.look, c.system), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.system, got, c.want)
		}
	}
}

func TestProgramGetsAFileAndLeavesNone(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	script := filepath.Join(dir, "player")
	if err := os.WriteFile(script, []byte("#!/bin/sh\nhead -c 4 \"$1\" > "+dir+"/heard\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	play, remove := program([]string{script}, "linux", 100)
	if err := play(t.Context(), Look); err != nil {
		t.Skip("no shell to play with: ", err)
	}
	if heard, _ := os.ReadFile(filepath.Join(dir, "heard")); string(heard) != "RIFF" {
		t.Errorf("the player was given %q", heard)
	}
	remove()
	if left, _ := filepath.Glob(filepath.Join(dir, "packbench-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Half the volume is half the loudness, and none of the rhythm.
func TestVolume(t *testing.T) {
	loudest := func(w []byte) (most int) {
		for at := 44; at < len(w); at += 2 {
			most = max(most, int(int16(binary.LittleEndian.Uint16(w[at:]))))
		}
		return most
	}
	full, half := Refused.At(100), Refused.At(50)
	if a, b := loudest(full), loudest(half); len(full) != len(half) || b < a*49/100 || b > a*51/100 || a < 10_000 {
		t.Errorf("loudest %d and %d of %d and %d bytes", a, b, len(full), len(half))
	}
	if loudest(Refused.At(0)) != 0 || loudest(Refused.At(900)) != loudest(full) {
		t.Error("a volume that is none")
	}
}
