// Package dav writes the pages of buyers into web space that speaks WebDAV (RFC 4918), as most
// that a shop rents does. It must not keep anything, and no password stands in an error.
package dav

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/station/web"
)

const who = "the web space"

// Options are what a Space is made of.
type Options struct {
	Address  string // of a folder: https://host/path
	User     string
	Password string
	Do       web.Doer
	Clock    func() time.Time
}

// Space is where pages are written.
type Space struct{ client web.Client }

// New returns a web space.
func New(o Options) (*Space, error) {
	if u, err := url.Parse(o.Address); err != nil || u.Host == "" {
		return nil, errors.New("the address of the web space begins with https://")
	}
	if o.User == "" || o.Password == "" {
		return nil, errors.New("the web space needs a user and a password")
	}
	return &Space{web.Client{Who: who, Base: strings.TrimRight(o.Address, "/"), Do: o.Do, Clock: o.Clock, Most: 1 << 20, Sign: func(r *http.Request, _ []byte) error {
		r.SetBasicAuth(o.User, o.Password)
		return nil
	}}}, nil
}

// Put writes a page, and makes the folders that it lies in.
func (s *Space) Put(ctx context.Context, name string, page []byte) error {
	status, err := s.send(ctx, http.MethodPut, name, page)
	if status != http.StatusConflict && status != http.StatusNotFound || !strings.Contains(name, "/") {
		return err
	}
	parts := strings.Split(name, "/")
	for i := range parts[:len(parts)-1] {
		if status, err := s.send(ctx, "MKCOL", strings.Join(parts[:i+1], "/")+"/", nil); err != nil && status != http.StatusMethodNotAllowed { // it is there
			return err
		}
	}
	_, err = s.send(ctx, http.MethodPut, name, page)
	return err
}

// Remove takes a page away; one that is not there is no fault.
func (s *Space) Remove(ctx context.Context, name string) error {
	status, err := s.send(ctx, http.MethodDelete, name, nil)
	if status == http.StatusNotFound || status == http.StatusGone {
		return nil
	}
	return err
}

func (s *Space) send(ctx context.Context, method, name string, page []byte) (status int, err error) {
	r := web.Request{Method: method, Path: "/" + name}
	if page != nil {
		r.Body, r.Header = page, http.Header{"Content-Type": {"text/html; charset=utf-8"}}
	}
	a, err := s.client.Send(ctx, r)
	switch {
	case err == nil:
	case a.Status == http.StatusUnauthorized:
		err = &web.Denied{Say: "user or password are not accepted", Who: who}
	case a.Status == http.StatusForbidden:
		err = &web.Denied{Say: "this user may not write here", Who: who}
	case a.Status == http.StatusInsufficientStorage:
		err = &web.Away{Say: "it is full", Who: who}
	case a.Status == http.StatusMethodNotAllowed && method == http.MethodPut:
		err = &web.Refused{Say: "nothing can be written at this address: is it one of WebDAV?", Who: who}
	}
	return a.Status, err
}
