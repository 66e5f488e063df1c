package carriersim

import "fmt"

// UPSNumber is a tracking number of UPS, with its check digit.
func UPSNumber(n int) string {
	body := fmt.Sprintf("999AA101%07d", n%10_000_000)
	odd, even := 0, 0
	for i, r := range body {
		v := int(r - '0')
		if r >= 'A' {
			v = int(r-'A'+2) % 10
		}
		if i%2 == 0 {
			odd += v
		} else {
			even += v
		}
	}
	return fmt.Sprintf("1Z%s%d", body, (10-(odd+2*even)%10)%10)
}

// USPSNumber is a tracking number of USPS (IMpb), with its check digit.
func USPSNumber(n int) string {
	body := fmt.Sprintf("940010000000%09d", n%1_000_000_000)
	sum := 0
	for i, r := range body {
		v := int(r - '0')
		if (len(body)-i)%2 == 1 {
			v *= 3
		}
		sum += v
	}
	return fmt.Sprintf("%s%d", body, (10-sum%10)%10)
}

// FedExNumber is a tracking number of FedEx of twelve digits, with its check digit.
func FedExNumber(n int) string {
	body := fmt.Sprintf("7%010d", n)
	sum := 0
	for i, r := range body {
		sum += int(r-'0') * [3]int{3, 1, 7}[i%3]
	}
	return fmt.Sprintf("%s%d", body, sum%11%10)
}

// S10Number is a tracking number of the posts of the world (UPU S10), with its check digit.
func S10Number(kind string, n int, country string) string {
	body, sum := fmt.Sprintf("%08d", n%100_000_000), 0
	for i, weight := range []int{8, 6, 4, 2, 3, 5, 9, 7} {
		sum += weight * int(body[i]-'0')
	}
	return fmt.Sprintf("%s%s%d%s", kind, body, [11]int{5, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1}[sum%11], country)
}
