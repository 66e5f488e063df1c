package sim

// Scanner is a simulated serial scanner with the suffix CR.
type Scanner struct{ *cable }

// NewScanner plugs a scanner in. Link, if not "", is a path that drivers can
// open for as long as the scanner is plugged in.
func NewScanner(link string) (*Scanner, error) {
	c, err := newCable(link)
	if err != nil {
		return nil, err
	}
	return &Scanner{c}, nil
}

// Scan sends one code and its suffix.
func (s *Scanner) Scan(data []byte) error {
	return s.write(append(data[:len(data):len(data)], '\r'))
}
