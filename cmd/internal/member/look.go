package member

import (
	"context"
	"errors"
	"net/url"
	"os"
	"runtime"
	"strings"

	"packbench/station/cases"
	"packbench/station/hub"
)

// Look asks the hub at an address, as who made it, which benches there are. Where the database
// holds none it is a Trouble, NoHub. It changes nothing.
func Look(ctx context.Context, address, password string) (benches []string, err error) {
	h, err := hub.Open(address, password)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	if _, err := h.About(ctx); err != nil {
		return nil, err
	}
	all, err := h.Writers(ctx)
	for _, w := range all {
		if cases.IsBench(w.Writer) {
			benches = append(benches, w.Writer)
		}
	}
	return benches, err
}

// HasPassword reports whether a password stands in an address, where others can read it.
func HasPassword(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	_, is := u.User.Password()
	return is || u.Query().Has("password")
}

// Words of a password's file that is no good.
var (
	ErrPasswordUnread = errors.New("the file of the password cannot be read")
	ErrPasswordOpen   = errors.New("others on this computer may read the file of the password: make it your own (chmod 600)")
	ErrPasswordEmpty  = errors.New("the file of the password is empty")
)

// PasswordIn is the password in a file, its first line. One that others may read is refused.
func PasswordIn(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return "", ErrPasswordUnread
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return "", ErrPasswordOpen
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", ErrPasswordUnread
	}
	line, _, _ := strings.Cut(string(text), "\n")
	if line = strings.TrimRight(line, "\r"); line == "" {
		return "", ErrPasswordEmpty
	}
	return line, nil
}
