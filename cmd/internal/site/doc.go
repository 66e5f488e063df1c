// Package site keeps the pages that buyers read (T3) where their web server shows them: in a
// folder, in storage that speaks S3, or in web space that speaks WebDAV.
//
// Each parcel has a page for its buyer and one for whoever sees it, each order the form of a
// return, each with a name of its own that is kept before the page is written. [Site.Push]
// writes what changed since and takes away what is old, void or taken back; [Site.Run] does so
// for as long as a bench works, or packctl sync, and one program of all does. A place that
// cannot be written is a word of [Site.Status] and never a stop.
//
// It must not know what stands on a page, see station/site, decide anything, or tell buyers.
package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/secret"
	"packbench/station/config"
	"packbench/station/message"
	"packbench/station/site/dav"
	"packbench/station/site/s3"
	"packbench/station/store"
	"packbench/station/web"
)

// Site are the pages of a data folder. One goroutine at a time uses it.
type Site struct {
	*folder.Folder
	Do   web.Doer
	Time func() time.Time
	Env  func(string) string

	counted map[string]bool // products that may be counted instead of scanned, by SKU
	version int64           // of the catalogue that they are from
}

// New returns the pages of a folder.
func New(f *folder.Folder) *Site {
	return &Site{Folder: f, Do: web.NewBuyer(), Time: f.Clock, Env: os.Getenv}
}

// ErrOff says that there are no pages.
var ErrOff = errors.New("there are no pages of buyers: set their address (url of [site] in " + config.File + ", or Buyer's page in the settings)")

// Set are the settings as the file has them now: they change while a bench works.
func (s *Site) Set() (config.Site, error) {
	now, err := config.Load(s.Path(config.File))
	if err == nil {
		err = now.Validate()
	}
	return now.Site, err
}

// secret is where the password or secret key lies.
func (s *Site) secret() secret.Place { return secret.Of(s.Dir, "site", "place", s.Env) }

// KeepSecret keeps the password or secret key of the place.
func (s *Site) KeepSecret(text string) error {
	if text = strings.TrimSpace(text); text == "" {
		return errors.New("it is empty")
	}
	return s.secret().Keep(text)
}

// place is where pages are written.
type place interface {
	Put(ctx context.Context, name string, page []byte) error
	Remove(ctx context.Context, name string) error
}

// connect returns the place of settings, and what its files are kept by.
func (s *Site) connect(set config.Site) (to place, called string, err error) {
	if set.Place == config.PlaceFolder {
		dir := set.To
		if dir == "" {
			dir = s.Path("site")
		}
		return inFolder(dir), "folder " + dir, nil
	}
	called = set.Place + " " + set.To
	if err := message.Address(set.To, true); err != nil {
		return nil, called, err
	}
	key, err := s.secret().Read()
	if errors.Is(err, secret.ErrMissing) {
		return nil, called, errors.New("the secret of who writes the pages is missing: packctl site key takes it as one line on stdin")
	}
	if err != nil {
		return nil, called, fmt.Errorf("the secret of who writes the pages: %w", err)
	}
	if set.Place == config.PlaceS3 {
		to, err = s3.New(s3.Options{Address: set.To, Region: set.Region, ID: set.User, Secret: key, Do: s.Do, Clock: s.Time})
	} else {
		to, err = dav.New(dav.Options{Address: set.To, User: set.User, Password: key, Do: s.Do, Clock: s.Time})
	}
	return to, called, err
}

// traces reports whether trace codes lead to where the pages are.
func (s *Site) traces(set config.Site) bool {
	u, err := url.Parse(set.URL)
	domain := strings.TrimSuffix(strings.TrimPrefix(s.Settings.GS1.Domain, "https://"), "/")
	return err == nil && domain != "" && strings.EqualFold(u.Host, domain) && strings.Trim(u.Path, "/") == ""
}

// Link is the address of a page.
func Link(set config.Site, token string) string {
	return strings.TrimRight(set.URL, "/") + "/" + fileOf(token)
}

func fileOf(token string) string { return token + ".html" }

// Links returns the addresses of the pages of parcels that can be read, by SSCC. ok is false
// where there are no pages at all.
func (s *Site) Links(ctx context.Context) (links map[string]string, ok bool, err error) {
	set, err := s.Set()
	if err != nil || set.URL == "" {
		return nil, false, err
	}
	_, called, _ := s.connect(set)
	files, err := s.Store.SiteFiles(ctx, called)
	if err != nil {
		return nil, true, err
	}
	pages, err := s.Store.SitePages(ctx, s.Time())
	links = map[string]string{}
	for _, p := range pages {
		if _, there := files[fileOf(p.Token)]; there && p.Kind == store.PageParcel && !p.Gone {
			links[p.Of] = Link(set, p.Token)
		}
	}
	return links, true, err
}

// Status is how the pages stand, as the last round left it.
type Status struct {
	On      bool      `json:"on"`
	URL     string    `json:"url,omitempty"`
	Place   string    `json:"place,omitempty"`
	Pages   int       `json:"pages"`
	Trouble string    `json:"trouble,omitempty"`
	Since   time.Time `json:"since,omitzero"` // of the trouble
	Left    int       `json:"left,omitempty"` // that are to be written or taken away
}

// kept is where the status lies among the settings of the store.
const kept = "site-status"

// Status returns how the pages stand; nothing is asked of their place.
func (s *Site) Status(ctx context.Context) (st Status, err error) {
	data, known, err := store.Known(s.Store.Setting(ctx, kept))
	if err == nil && known {
		err = json.Unmarshal(data, &st)
	}
	if err != nil {
		return st, err
	}
	set, err := s.Set()
	if err != nil {
		st.Trouble = err.Error()
		return st, nil
	}
	if st.On, st.URL = set.URL != "", set.URL; !st.On {
		return Status{}, nil
	}
	_, st.Place, err = s.connect(set)
	if err != nil {
		st.Trouble = err.Error()
	}
	files, err := s.Store.SiteFiles(ctx, st.Place)
	st.Pages = len(files)
	return st, err
}
