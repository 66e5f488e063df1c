package config

import (
	"net/mail"
	"net/url"
	"path/filepath"
	"strings"
)

// Where the pages of buyers are kept.
const (
	PlaceFolder = "folder"
	PlaceS3     = "s3" // storage that speaks as Amazon's S3 does
	PlaceDAV    = "webdav"
)

// Site are the pages that buyers read; packctl site key keeps what proves that they may be
// written.
type Site struct {
	URL     string `toml:"url"`     // what their addresses begin with; "": there are none
	Place   string `toml:"place"`   // folder, s3, webdav
	To      string `toml:"to"`      // the folder, or the address that they are written to; "": in the data folder
	Region  string `toml:"region"`  // of s3
	User    string `toml:"user"`    // of webdav; of s3 the id of the access key
	Days    int    `toml:"days"`    // after which a page is deleted
	Returns string `toml:"returns"` // where the form of a return is sent; "": there is no form
}

func (c *checker) site(s Site) {
	c.oneOf("site.place", s.Place, PlaceFolder, PlaceS3, PlaceDAV)
	c.between("site.days", s.Days, 1, 3650)
	for key, value := range map[string]string{"url": s.URL, "to": s.To, "region": s.Region, "user": s.User, "returns": s.Returns} {
		c.text("site."+key, value, 500)
	}
	if s.URL != "" && !webAddress(s.URL) {
		c.fault("site.url", "%q is no address such as https://status.example.com", clip(s.URL))
	}
	if r := s.Returns; r != "" && !takesForms(r) {
		c.fault("site.returns", "%q is neither an e-mail address nor one that begins with https://", clip(r))
	}
	switch {
	case s.Place == PlaceFolder && s.To != "" && !filepath.IsAbs(s.To):
		c.fault("site.to", "%q is no whole path, such as /srv/www/status", clip(s.To))
	case s.Place != PlaceFolder && s.URL != "" && !webAddress(s.To):
		c.fault("site.to", "%q is no address that begins with https://", clip(s.To))
	case s.Place != PlaceFolder && s.URL != "" && s.User == "":
		c.fault("site.user", "is empty: who writes the pages is asked for there")
	}
}

// takesForms reports whether the form of a return can be sent there: station/site asks for the
// same when it draws one.
func takesForms(to string) bool {
	if strings.HasPrefix(to, "https://") {
		return webAddress(strings.SplitN(to, "?", 2)[0])
	}
	a, err := mail.ParseAddress(to)
	return err == nil && a.Name == "" && a.Address == to && !strings.ContainsAny(to, "?&# \r\n\"")
}

func webAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && u.RawQuery == "" && u.Fragment == ""
}

func (s Site) encode(w *writer) {
	w.table("site", "The pages that buyers read of their parcels. packctl site key keeps the password or secret key: never here.")
	w.key("url", s.URL, `what their addresses begin with, such as https://status.example.com; "": there are none`)
	w.key("place", s.Place, "where they are written: folder, s3 or webdav")
	w.key("to", s.To, `a folder ("": site, in the data folder); of s3 https://host/bucket; of webdav the address of a folder`)
	w.key("region", s.Region, `of s3, such as eu-central-1`)
	w.key("user", s.User, "of webdav; of s3 the id of the access key")
	w.key("days", s.Days, "after which a page is deleted")
	w.key("returns", s.Returns, `where buyers announce a return: an e-mail address, or one that begins with https://; "": nowhere`)
}
