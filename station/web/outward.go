package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// Inside says that an address is this computer's own, or one of a private network, where
// only what stands outside may be spoken to.
type Inside struct{ Host string }

func (e *Inside) Error() string {
	return e.Host + " is this computer, or stands in a private network"
}

// Outside returns an *Inside for a host that is inside by its looks. What a name leads to
// is only known when it is called: see [NewOutward].
func Outside(host string) error {
	name := strings.ToLower(strings.Trim(host, "[]."))
	ip, err := netip.ParseAddr(name)
	if err == nil && inside(ip) || name == "localhost" || strings.HasSuffix(name, ".localhost") || name == "" {
		return &Inside{host}
	}
	return nil
}

// shared is the network that providers share among customers: private ones use it too.
var shared = netip.MustParsePrefix("100.64.0.0/10")

func inside(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() || ip.IsMulticast() || ip.IsUnspecified() || shared.Contains(ip) {
		return true
	}
	own, _ := net.InterfaceAddrs()
	for _, a := range own {
		if p, err := netip.ParsePrefix(a.String()); err == nil && p.Addr().Unmap() == ip {
			return true
		}
	}
	return false
}

// NewOutward returns the client for addresses that people enter and nobody vouches for: it
// follows no redirect, keeps no connection on which a request could be sent a second time,
// and reaches nothing inside, whatever a name leads to. A proxy of the environment may
// stand inside; what it is asked for may not.
func NewOutward() *http.Client {
	c := NewBuyer()
	proxied := c.Transport.(*http.Transport)
	direct := proxied.Clone()
	direct.Proxy = nil
	direct.DialContext = (&net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		host, _, err := net.SplitHostPort(address)
		if err != nil {
			return err
		}
		return Outside(host)
	}}).DialContext
	c.Transport = outward{direct: direct, proxied: proxied}
	return c
}

// outward chooses between what is called directly and what is asked of a proxy.
type outward struct{ direct, proxied *http.Transport }

// RoundTrip sends a request.
func (o outward) RoundTrip(r *http.Request) (*http.Response, error) {
	proxy, err := http.ProxyFromEnvironment(r)
	if err != nil || proxy == nil {
		return o.direct.RoundTrip(r)
	}
	if err := Outside(r.URL.Hostname()); err != nil {
		return nil, err
	}
	return o.proxied.RoundTrip(r)
}
