package hubtest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Pooler starts pgbouncer before the server, which gives each transaction another
// connection, and returns the folder of its socket, which stands for the server's in an
// address. Where it is not installed the test is skipped, but never in CI.
func (s *Server) Pooler(t *testing.T, logins ...string) (host string) {
	t.Helper()
	path := "/usr/sbin/pgbouncer"
	if found, err := exec.LookPath("pgbouncer"); err == nil {
		path = found
	} else if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no pgbouncer: install what Debian calls so")
		}
		t.Skip("there is no pgbouncer here")
	}
	host = filepath.Join(s.dir, "pooler")
	if err := errors.Join(os.Mkdir(host, 0o700), own(host)); err != nil {
		t.Fatal(err)
	}
	var users strings.Builder
	for _, login := range logins {
		fmt.Fprintf(&users, "%q \"\"\n", login)
	}
	settings := fmt.Sprintf("[databases]\n* = host=%s\n[pgbouncer]\nunix_socket_dir = %s\nlisten_addr =\nlisten_port = 5432\nauth_type = trust\nauth_file = %s/users\npool_mode = transaction\ndefault_pool_size = 5\nignore_startup_parameters = extra_float_digits\n", s.dir, host, host)
	for name, text := range map[string]string{"users": users.String(), "pgbouncer.ini": settings} {
		if err := os.WriteFile(filepath.Join(host, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pooler := exec.Command(path, "-q", filepath.Join(host, "pgbouncer.ini"))
	lower(pooler)
	if err := pooler.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pooler.Process.Kill(); _ = pooler.Wait() })
	for range 200 {
		if c, err := net.Dial("unix", filepath.Join(host, ".s.PGSQL.5432")); err == nil {
			_ = c.Close()
			return host
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("pgbouncer does not answer")
	return ""
}
