package shift

import (
	"fmt"
	"io"
	"strings"
)

// Formats are the names of those that Export knows.
func Formats() []string { return []string{"csv", "xlsx", "pdf", "json"} }

// Export writes the book in a format by its name, for the command line and the
// buttons of a screen. The CSV is without a byte order mark, so that programs
// read its first column's name right.
func (b Book) Export(w io.Writer, format string, font PDFOptions) error {
	switch format {
	case "csv":
		return b.CSV(w, CSVOptions{})
	case "xlsx":
		return b.XLSX(w)
	case "pdf":
		return b.PDF(w, font)
	case "json":
		return b.JSON(w)
	}
	return fmt.Errorf("format %q is unknown; it must be one of %s", clip(format), strings.Join(Formats(), ", "))
}
