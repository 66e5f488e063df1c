// Package hubtest starts a PostgreSQL server of its own for tests: a cluster in a
// temporary folder, behind a socket, run by an unprivileged user.
package hubtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a running PostgreSQL server.
type Server struct {
	dir  string
	post *exec.Cmd
	done chan struct{}
	made atomic.Int64 // databases
}

// Run starts a server for the tests of a package and hands it to run; call it in
// TestMain. Where a machine has no PostgreSQL the server is nil, but never in CI.
func Run(run func(s *Server) int) int {
	if _, err := programs(); err != nil {
		if os.Getenv("CI") != "" {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Fprintln(os.Stderr, "left out what needs a hub:", err)
		return run(nil)
	}
	dir, err := os.MkdirTemp("", "hub")
	if err == nil {
		defer func() { _ = os.RemoveAll(dir) }()
		var s *Server
		if s, err = start(dir); err == nil {
			defer s.Stop()
			return run(s)
		}
	}
	fmt.Fprintln(os.Stderr, "start a PostgreSQL server:", err)
	return 1
}

// programs is the folder of the newest server that is installed.
func programs() (string, error) {
	if path, err := exec.LookPath("postgres"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path), nil
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if len(found) == 0 {
		return "", errors.New("there is no PostgreSQL server: install what Debian calls postgresql")
	}
	version := func(path string) int { n, _ := strconv.Atoi(filepath.Base(filepath.Dir(path))); return n }
	return slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) }), nil
}

func start(dir string) (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir}
	if err := own(dir); err != nil {
		return nil, err
	}
	init := exec.Command(filepath.Join(bin, "initdb"), "-D", s.data(), "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
	lower(init)
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	// The tests kill the server: what it wrote outlives that without waiting for the disk. A
	// benchmark sets it on again.
	config, err := os.OpenFile(filepath.Join(s.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	_, err = config.WriteString("fsync = off\n")
	if err = errors.Join(err, config.Close()); err != nil {
		return nil, err
	}
	return s, s.Start()
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// Start starts the server again after Stop or Kill.
func (s *Server) Start() error {
	bin, err := programs()
	if err != nil {
		return err
	}
	var said bytes.Buffer
	s.post = exec.Command(filepath.Join(bin, "postgres"), "-D", s.data(), "-k", s.dir, "-c", "listen_addresses=", "-c", "max_connections=1000", "-c", "shared_buffers=32MB")
	s.post.Stderr, s.post.Dir = &said, s.dir
	lower(s.post)
	if err := s.post.Start(); err != nil {
		return err
	}
	done := make(chan struct{})
	s.done = done
	go func() { _ = s.post.Wait(); close(done) }()
	for range 300 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		c, err := pgx.Connect(ctx, s.address("postgres", "owner"))
		if err == nil {
			err = c.Close(ctx)
		}
		cancel()
		if err == nil {
			return nil
		}
		select {
		case <-done:
			return fmt.Errorf("the server ended: %s", said.String())
		case <-time.After(20 * time.Millisecond):
		}
	}
	return errors.New("the server does not answer")
}

// Stop ends the server at once, in order.
func (s *Server) Stop() { s.end(os.Interrupt) }

// Kill ends it as a power cut does.
func (s *Server) Kill() {
	// Its children must not outlive it.
	children, _ := exec.Command("pgrep", "-P", strconv.Itoa(s.post.Process.Pid)).Output()
	s.end(os.Kill)
	for _, pid := range strings.Fields(string(children)) {
		if n, err := strconv.Atoi(pid); err == nil {
			if p, err := os.FindProcess(n); err == nil {
				_ = p.Kill()
			}
		}
	}
}

func (s *Server) end(how os.Signal) {
	_ = s.post.Process.Signal(how)
	<-s.done
}

func (s *Server) address(database, login string) string {
	return fmt.Sprintf("postgres://%s@/%s?host=%s", login, database, s.dir)
}

// Address is that of a database for a login.
func (s *Server) Address(database, login string) string { return s.address(database, login) }

// Database makes an empty database and returns the address of its owner.
func (s *Server) Database(t testing.TB) (name, address string) {
	t.Helper()
	if s == nil {
		t.Skip("there is no PostgreSQL server here")
	}
	name = fmt.Sprint("shop", s.made.Add(1))
	s.Exec(t, "postgres", "CREATE DATABASE "+name)
	return name, s.address(name, "owner")
}

// Exec runs statements as the owner of the server.
func (s *Server) Exec(t testing.TB, database, statements string) {
	t.Helper()
	c, err := pgx.Connect(context.Background(), s.address(database, "owner"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(context.Background()) }()
	if _, err := c.PgConn().Exec(context.Background(), statements).ReadAll(); err != nil {
		t.Fatal(err)
	}
}

// Folder makes a folder beside the data, which the server may read.
func (s *Server) Folder(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(s.dir, name)
	s.Give(t, path)
	return path
}

// Give makes a folder that is the server's.
func (s *Server) Give(t *testing.T, path string) {
	t.Helper()
	if err := errors.Join(os.Mkdir(path, 0o700), own(path)); err != nil {
		t.Fatal(err)
	}
}

// Dump is a backup of a database.
func (s *Server) Dump(t *testing.T, database string) []byte {
	t.Helper()
	bin, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(filepath.Join(bin, "pg_dump"), "--no-sync", s.address(database, "owner")).Output()
	if err != nil {
		t.Fatal("pg_dump:", err)
	}
	return out
}

// Restore puts a backup back.
func (s *Server) Restore(t *testing.T, database string, dump []byte) {
	t.Helper()
	bin, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	restore := exec.Command(filepath.Join(bin, "psql"), "-q", "-v", "ON_ERROR_STOP=1", "-1", s.address(database, "owner"))
	restore.Stdin = io.MultiReader(strings.NewReader("DROP SCHEMA IF EXISTS packbench CASCADE;"), bytes.NewReader(dump))
	if out, err := restore.CombinedOutput(); err != nil {
		t.Fatalf("psql: %v: %s", err, out)
	}
}

// New starts a server for one test.
func New(t *testing.T) *Server {
	t.Helper()
	if _, err := programs(); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	dir, err := os.MkdirTemp("", "hub") // t.TempDir is closed to who runs the server
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	s, err := start(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}
