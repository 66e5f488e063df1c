package dav_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"
	"time"

	"packbench/station/site/dav"
	"packbench/station/web"
)

// space keeps files in folders that must be there, as WebDAV wants it.
type space struct {
	files   map[string]string
	folders map[string]bool
	status  int // that every request is answered with; 0: as it should be
}

func (s *space) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if user, password, _ := r.BasicAuth(); user != "shop" || password != "PASSWORD1" {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	name := strings.TrimSuffix(r.URL.Path, "/")
	switch body, _ := io.ReadAll(r.Body); {
	case s.status != 0:
		w.WriteHeader(s.status)
	case r.Method == "MKCOL" && s.folders[name]:
		w.WriteHeader(http.StatusMethodNotAllowed)
	case !s.folders[path.Dir(name)]:
		w.WriteHeader(http.StatusConflict)
	case r.Method == "MKCOL":
		s.folders[name] = true
		w.WriteHeader(http.StatusCreated)
	case r.Method == http.MethodPut:
		s.files[name] = string(body)
		w.WriteHeader(http.StatusCreated)
	case s.files[name] == "":
		w.WriteHeader(http.StatusNotFound)
	default:
		delete(s.files, name)
		w.WriteHeader(http.StatusNoContent)
	}
}

func TestPagesArePutAndTakenAway(t *testing.T) {
	s := &space{files: map[string]string{}, folders: map[string]bool{"/web": true}}
	at := httptest.NewServer(s)
	defer at.Close()
	o := dav.Options{Address: at.URL + "/web/", User: "shop", Password: "PASSWORD1", Do: web.NewBuyer(), Clock: time.Now}
	d, err := dav.New(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"00/1/index.html", "00/2/index.html", "x.html", "x.html"} {
		if err := d.Put(t.Context(), name, []byte(name)); err != nil {
			t.Fatal(name, err)
		}
	}
	if err := errors.Join(d.Remove(t.Context(), "x.html"), d.Remove(t.Context(), "x.html")); err != nil {
		t.Fatal(err)
	}
	if len(s.files) != 2 || s.files["/web/00/2/index.html"] != "00/2/index.html" {
		t.Errorf("%v", s.files)
	}
	o.Password = "OTHER"
	if d, err = dav.New(o); err != nil {
		t.Fatal(err)
	}
	if err := d.Put(t.Context(), "y.html", nil); !errors.As(err, new(*web.Denied)) || strings.Contains(err.Error(), "OTHER") {
		t.Errorf("another password: %v", err)
	}
	o.Password, s.status = "PASSWORD1", http.StatusInsufficientStorage
	if d, err = dav.New(o); err != nil {
		t.Fatal(err)
	}
	if err := d.Put(t.Context(), "y.html", []byte("y")); err == nil || !strings.Contains(err.Error(), "full") {
		t.Errorf("a full space: %v", err)
	}
}
