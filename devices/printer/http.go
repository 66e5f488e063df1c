package printer

import (
	"cmp"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// httpError is an answer before IPP was spoken.
type httpError struct {
	status int
	place  string // of a redirect: ipp://host[:port]/path, "" when it is not told
	secure bool   // the redirect leads to an encrypted connection
	circle bool   // the redirect leads back to where it came from
}

// newHTTPError reads an answer that is no IPP. Nothing is followed: a document
// goes only to the printer that was set.
func newHTTPError(resp *http.Response, asked string) httpError {
	e := httpError{status: resp.StatusCode}
	if e.status < 300 || e.status > 399 {
		return e
	}
	from, err := url.Parse(asked)
	if err != nil {
		return e
	}
	to, err := from.Parse(resp.Header.Get("Location"))
	if err != nil || to.Hostname() == "" || resp.Header.Get("Location") == "" {
		return e
	}
	e.secure = to.Scheme == "https" || to.Scheme == "ipps"
	e.circle = to.Scheme == from.Scheme && to.Host == from.Host && to.EscapedPath() == from.EscapedPath()
	if !e.secure && to.Scheme != "http" && to.Scheme != "ipp" {
		return e
	}
	e.place = printerAddress(to)
	return e
}

// printerAddress writes the place of a redirect as the settings want it. A name,
// a password and what stands behind a question mark may be secrets, and the
// answer is anybody's bytes: they are left out.
func printerAddress(to *url.URL) string {
	const longest = 120
	port, scheme := to.Port(), "ipp"
	switch to.Scheme {
	case "http":
		port = cmp.Or(port, "80") // the port of ipp is another one
	case "https":
		port, scheme = cmp.Or(port, "443"), "ipps"
	case "ipps":
		scheme = "ipps"
	}
	host := to.Hostname()
	switch {
	case port != "" && port != "631":
		host = net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	place := scheme + "://" + host + to.EscapedPath()
	if len(place) > longest || strings.ContainsFunc(place, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return ""
	}
	return place
}

// refusal says that the answer is one to a request that was not carried out.
func (e httpError) refusal() bool { return e.status >= 300 && e.status < 500 }

// forLibrary says that the programs of CUPS may get through where this one does
// not: they can sign in and encrypt.
func (e httpError) forLibrary() bool { return e.status == 401 || e.status == 426 }

func (e httpError) Error() string { return e.told("the print service", true).Words }

// told says in words why who did not take the job, and what to do.
func (e httpError) told(who string, scheduler bool) Result {
	r := Told(Rejected)
	fix := func(direct, queue string) string {
		if scheduler {
			return queue
		}
		return direct
	}
	const server = "Ask whoever looks after the print server; CUPS_SERVER names it."
	switch {
	case e.secure, e.status == http.StatusUpgradeRequired:
		r.Words = who + " wants an encrypted connection"
		r.Fix = fix("Allow printing without encryption (TLS) on the printer's settings page, or print by a queue of CUPS.",
			"Set DefaultEncryption IfRequested in cupsd.conf of the print server.")
	case e.circle:
		r.Words = who + " sends the job back to the same address"
		r.Fix = fix("Switch the printer off and on. If that does not help, print by a queue of CUPS.", server)
	case e.place != "":
		r.Words = who + " has moved to " + e.place
		r.Fix = fix("Set this address in the settings.", server)
	case e.status >= 300 && e.status < 400:
		r.Words = who + " has moved and does not say where to"
		r.Fix = fix("Find its address on the printer's own page or display, and set it in the settings.", server)
	case e.status == http.StatusUnauthorized, e.status == http.StatusProxyAuthRequired:
		r.Words = who + " asks for a name and a password"
		r.Fix = fix("Allow printing without a password on the printer's settings page, or print by a queue of CUPS that knows it.",
			"Allow printing without a password for this queue in cupsd.conf of the print server.")
	case e.status == http.StatusForbidden:
		r.Words = who + " does not let this computer print"
		r.Fix = fix("Add this computer to the addresses that may print, on the printer's settings page.",
			"Allow this computer in cupsd.conf of the print server (Allow from).")
	case e.status == http.StatusNotFound, e.status == http.StatusMethodNotAllowed, e.status == http.StatusGone:
		r.Words = who + " takes no jobs at this address"
		r.Fix = fix("Check the address in the settings: its end is often /ipp/print; the printer's own page shows it.",
			"Check the name of the queue in the settings (lpstat -e lists them).")
	case e.status == http.StatusRequestEntityTooLarge:
		r.Words = who + " finds the document too large"
	default:
		r.Words = strings.TrimSpace(fmt.Sprintf("%s answers %d %s", who, e.status, http.StatusText(e.status)))
		r.Fix = fix("Switch the printer off and on, then print again.", "Look at the print service: lpstat -t.")
	}
	return r
}

// shownAddress is an address without the name and password that may stand in
// it, for messages.
func shownAddress(address string) string {
	address, _, _ = strings.Cut(address, "?")
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		scheme, rest = "", address
	} else {
		scheme += "://"
	}
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		rest = "…" + rest[at:]
	}
	return scheme + rest
}
