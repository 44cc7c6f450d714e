"""Small pictures drawn on the server as SVG (hình vẽ nhỏ)."""
